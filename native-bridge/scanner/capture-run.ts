import { assessQuality } from '../image/quality.ts';
import { CaptureInterrupted } from './capture-interrupted.ts';
import { CaptureSteering } from './capture-steering.ts';
import type { DeviceProfile } from './device-profile.ts';
import type { Light, Sound } from './host-messages.ts';
import type { IdentifiedDevice } from './identify.ts';
import type { ImageReceiver } from './image-receiver.ts';
import { orientImage } from './orient-image.ts';
import type { PreviewFollower } from './preview-follower.ts';
import type { CaptureOutcome, CaptureProgress, ScannerIdentity } from './scanner.ts';
import type { ScannerClock } from './clock.ts';

/** What one capture works with. */
export interface CaptureRun {
  readonly identity: ScannerIdentity;
  readonly device: IdentifiedDevice;
  readonly profile: DeviceProfile;
  readonly receiver: ImageReceiver;
  readonly preview: PreviewFollower;
  readonly clock: ScannerClock;
  /** The caller's memory, at least one image long. */
  readonly pixels: Uint8Array;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CaptureProgress) => void;
  /** Shows something on the device. */
  readonly indicate: (light: Light, sound: Sound) => void;
}

/**
 * Takes one finger: waits for it, follows it, fetches the best of its still moments, waits until it is gone.
 * @throws CaptureInterrupted, or the signal's reason
 */
export async function captureFinger(run: CaptureRun): Promise<CaptureOutcome> {
  const { identity, device, preview, clock, signal, onProgress, indicate } = run;
  const area = { widthMm: identity.sensingAreaWidthMm, heightMm: identity.sensingAreaHeightMm };
  const steering = new CaptureSteering(area, device.identity.framesRemembered);
  onProgress({ kind: 'waiting-for-finger' });
  await preview.start(signal);
  indicate('ready', 'none');
  for (;;) {
    const frame = await preview.next(signal);
    const step = steering.onFrame(frame, clock.now());
    if (step.kind === 'lifted') continue;
    const { map, quality, hint } = step.placement;
    onProgress({ kind: 'preview', map, quality, hint });
    if (step.kind === 'take' && (await fetchImage(run, step.frame))) break;
  }
  const image = normalise(run);
  indicate('good', 'good');
  onProgress({ kind: 'waiting-for-lift' });
  steering.awaitLift();
  await lift(run, steering);
  return { ...image, liftedAtMs: clock.now() };
}

/**
 * Takes the glass as it is, whatever lies on it, for the administrator's checks.
 * @throws CaptureInterrupted, or the signal's reason
 */
export async function captureGlass(run: CaptureRun): Promise<CaptureOutcome> {
  await run.preview.start(run.signal);
  for (;;) {
    const frame = await run.preview.next(run.signal);
    if (await fetchImage(run, frame.number)) return normalise(run);
  }
}

/** Once there is something to fetch, time that runs out is the device's fault and no longer the absence of a finger. */
async function fetchImage({ receiver, pixels, signal, onProgress }: CaptureRun, frame: number): Promise<boolean> {
  onProgress({ kind: 'transferring', receivedShare: 0 });
  try {
    return await receiver.fetch(frame, pixels, signal, (receivedShare) =>
      onProgress({ kind: 'transferring', receivedShare }),
    );
  } catch (cause) {
    throw isDeadline(cause) ? new CaptureInterrupted({ kind: 'fault', code: 'scanner.no-answer' }) : cause;
  }
}

function normalise({ identity, profile, pixels, clock }: CaptureRun): Extract<CaptureOutcome, { kind: 'captured' }> {
  const { widthPx, heightPx, resolutionPpi } = identity;
  const image = pixels.subarray(0, widthPx * heightPx);
  orientImage(image, widthPx, profile);
  const { quality } = assessQuality({ widthPx, heightPx, resolutionPpi, pixels: image });
  return { kind: 'captured', widthPx, heightPx, resolutionPpi, quality, liftedAtMs: clock.now() };
}

/** A finger that stays until the deadline does not spoil an image that is whole. */
async function lift({ preview, clock, signal }: CaptureRun, steering: CaptureSteering): Promise<void> {
  try {
    for (;;) {
      const frame = await preview.next(signal);
      if (steering.onFrame(frame, clock.now()).kind === 'lifted') return;
    }
  } catch (cause) {
    if (!isDeadline(cause)) throw cause;
  }
}

function isDeadline(cause: unknown): boolean {
  return cause instanceof CaptureInterrupted && cause.interruption.kind === 'deadline';
}
