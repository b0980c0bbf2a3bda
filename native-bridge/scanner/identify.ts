import { CaptureInterrupted } from './capture-interrupted.ts';
import type { DeviceIdentity } from './device-messages.ts';
import { PROTOCOL_VERSION } from './host-messages.ts';
import { MAXIMUM_IMAGE_PIXELS } from './parameters.ts';
import type { ReportLink } from './report-link.ts';

/** A device's whole answer to "who are you". */
export interface IdentifiedDevice {
  readonly identity: DeviceIdentity;
  readonly serialNumber: string;
}

/**
 * Asks a device who it is until both of its answers have come.
 * @throws CaptureInterrupted `scanner.no-answer`, `scanner.protocol` when it speaks another version or claims the
 *   impossible, or the signal's reason
 */
export async function identify(link: ReportLink, signal: AbortSignal): Promise<IdentifiedDevice> {
  let identity: DeviceIdentity | undefined;
  let serialNumber: string | undefined;
  return await link.ask<IdentifiedDevice>(
    { kind: 'identify' },
    0,
    (message) => {
      if (message.kind === 'identity') {
        if (!isPlausible(message)) throw new CaptureInterrupted({ kind: 'fault', code: 'scanner.protocol' });
        identity = message;
      }
      if (message.kind === 'serial') serialNumber = message.serialNumber;
      return identity === undefined || serialNumber === undefined ? undefined : { identity, serialNumber };
    },
    signal,
  );
}

/** Nothing can be built on what a device says that claims the impossible. */
function isPlausible(identity: DeviceIdentity): boolean {
  const { protocolVersion, widthPx, heightPx, resolutionPpi, previewColumns, previewRows, framesRemembered } = identity;
  const pixels = widthPx * heightPx;
  return (
    protocolVersion === PROTOCOL_VERSION &&
    pixels > 0 &&
    pixels <= MAXIMUM_IMAGE_PIXELS &&
    resolutionPpi > 0 &&
    previewColumns > 0 &&
    previewRows > 0 &&
    previewColumns <= widthPx &&
    previewRows <= heightPx &&
    framesRemembered > 0
  );
}
