import type { DeviceIdentity } from './device-messages.ts';
import { MAXIMUM_IMAGE_PIXELS } from './parameters.ts';
import type { ReportLink } from './report-link.ts';

/** A device's whole answer to "who are you". */
export interface IdentifiedDevice {
  readonly identity: DeviceIdentity;
  readonly serialNumber: string;
}

/**
 * Asks a device who it is until both of its answers have come.
 * @throws CaptureInterrupted `scanner.no-answer`, or the signal's reason
 */
export async function identify(link: ReportLink, signal: AbortSignal): Promise<IdentifiedDevice> {
  let identity: DeviceIdentity | undefined;
  let serialNumber: string | undefined;
  return await link.ask<IdentifiedDevice>(
    { kind: 'identify' },
    0,
    (message) => {
      if (message.kind === 'identity' && isPlausible(message)) identity = message;
      if (message.kind === 'serial') serialNumber = message.serialNumber;
      return identity === undefined || serialNumber === undefined ? undefined : { identity, serialNumber };
    },
    signal,
  );
}

/** A device that claims the impossible is treated as one that does not answer: nothing it says can be built on. */
function isPlausible(identity: DeviceIdentity): boolean {
  const { widthPx, heightPx, resolutionPpi, previewColumns, previewRows, framesRemembered } = identity;
  const pixels = widthPx * heightPx;
  return (
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
