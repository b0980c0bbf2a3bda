import { BUILT_IN_PROFILES } from '../../native-bridge/scanner/built-in-profiles.ts';

/** Lets the group of the station open the scanners that it has a profile for, and no other device. */
export function udevRules(): string {
  const devices = new Set(BUILT_IN_PROFILES.map(({ vendorId, productId }) => `${hex(vendorId)} ${hex(productId)}`));
  const rules = [...devices].toSorted().map((device) => {
    const [vendor, product] = device.split(' ');
    return `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", GROUP="ridgeway", MODE="0660"`;
  });
  return [
    '# Scanners that Ridgeway has a profile for. Made from the profiles; a further one needs no edit here.',
    ...rules,
    '',
  ].join('\n');
}

/** As udev writes identifiers: four hexadecimal digits in lower case. */
function hex(identifier: number): string {
  return identifier.toString(16).padStart(4, '0');
}
