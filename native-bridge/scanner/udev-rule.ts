/** The group of the station's account on Linux. Source: build/packaging/linux/after-install.sh. */
const STATION_GROUP = 'ridgeway';

/** The udev rule that lets the station's group open one kind of device, and no other. */
export function udevRuleFor({
  vendorId,
  productId,
}: {
  readonly vendorId: number;
  readonly productId: number;
}): string {
  return `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${hex(vendorId)}", ATTRS{idProduct}=="${hex(productId)}", GROUP="${STATION_GROUP}", MODE="0660"`;
}

/** As udev writes identifiers: four hexadecimal digits in lower case. */
function hex(identifier: number): string {
  return identifier.toString(16).padStart(4, '0');
}
