import type { CaptureOutcome, CaptureProgress, Scanner } from '../../../native-bridge/scanner/scanner.ts';
import type { ManualClock } from './manual-clock.ts';

/** A capture that a test started. */
export interface StartedCapture {
  readonly outcome: Promise<CaptureOutcome>;
  readonly into: SharedArrayBuffer;
  readonly progress: CaptureProgress[];
  readonly abort: AbortController;
}

/** Starts a capture into new shared memory that is filled with a pattern first, so that "zeroes" is a finding. */
export function startCapture(scanner: Scanner, deadlineMs = 20_000): StartedCapture {
  const into = new SharedArrayBuffer(scanner.identity.widthPx * scanner.identity.heightPx + 7);
  new Uint8Array(into).fill(0xa5);
  const abort = new AbortController();
  const progress: CaptureProgress[] = [];
  const onProgress = (step: CaptureProgress): void => void progress.push(step);
  const outcome = scanner.capture({ into, deadlineMs, signal: abort.signal, onProgress });
  outcome.catch(() => {});
  return { outcome, into, progress, abort };
}

/** Captures once with a clock that moves by itself. */
export async function captureOnce(
  clock: ManualClock,
  scanner: Scanner,
  deadlineMs?: number,
): Promise<StartedCapture & { readonly ended: CaptureOutcome }> {
  const started = startCapture(scanner, deadlineMs);
  const ended = await clock.settle(started.outcome);
  return { ...started, ended };
}

export function isAllZero(memory: SharedArrayBuffer): boolean {
  return new Uint8Array(memory).every((byte) => byte === 0);
}

/** Tells whether shared memory begins with these bytes. */
export function holds(memory: SharedArrayBuffer, bytes: Uint8Array): boolean {
  return Buffer.compare(new Uint8Array(memory, 0, bytes.length), bytes) === 0;
}
