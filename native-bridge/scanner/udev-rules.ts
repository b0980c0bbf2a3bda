import type { DeviceProfile } from './device-profile.ts';

/**
 * Writes the udev rules (Linux) that let the person who sits at the station open the scanners of these profiles. Install
 * as `/etc/udev/rules.d/70-ridgeway-scanner.rules`; the number matters, `uaccess` is read by rule 73.
 */
export function udevRules(profiles: readonly DeviceProfile[]): string {
  const hex = (word: number): string => word.toString(16).padStart(4, '0');
  const rules = profiles.map(
    ({ vendorId, productId }) =>
      `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${hex(vendorId)}", ATTRS{idProduct}=="${hex(productId)}", MODE="0660", TAG+="uaccess"`,
  );
  return ['# Ridgeway: fingerprint scanners that the station has a profile for.', ...new Set(rules), ''].join('\n');
}
