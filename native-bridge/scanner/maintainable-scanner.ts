import type { DeviceStatistics } from './device-messages.ts';
import type { Light, Sound } from './host-messages.ts';
import type { CaptureOutcome, CaptureRequest, Scanner } from './scanner.ts';

/** A scanner that an administrator can look after as well as capture with. */
export interface MaintainableScanner extends Scanner {
  /** Takes the glass as it is, without waiting for a finger; memory and outcome as for `capture`. `liftedAtMs` is the moment of the image. */
  captureGlass(request: CaptureRequest): Promise<CaptureOutcome>;
  /** Shows and sounds something on the device, without waiting for its answer. */
  indicate(light: Light, sound: Sound): void;
  /** What the device itself counted. @throws ScannerFault `scanner.no-answer`, `scanner.unplugged` */
  deviceStatistics(signal: AbortSignal): Promise<DeviceStatistics>;
}

/** Tells whether a scanner can be looked after; readers behind libfprint cannot. */
export function isMaintainable(scanner: Scanner): scanner is MaintainableScanner {
  return 'captureGlass' in scanner && 'indicate' in scanner && 'deviceStatistics' in scanner;
}
