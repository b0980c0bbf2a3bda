import { systemClock, type ScannerClock } from './clock.ts';
import type { ScannerListing, ScannerSource } from './scanner.ts';

/** Time from one look to the next where the system gives no events, ms. */
const POLL_MS = 2_000;
/** Time from one look to the next where it does, ms: a net under the events, no more. */
const POLL_WITH_EVENTS_MS = 30_000;
/** Pause after an event before the look, ms: a device node appears before it may be opened. */
const SETTLE_MS = 250;

/** Subscribes to "something was plugged in or out"; the answer unsubscribes. */
export type PlugEvents = (onEvent: () => void) => () => void;

/** What changed between two looks. */
export interface ScannerChange {
  readonly rows: readonly ScannerListing[];
  readonly appeared: readonly ScannerListing[];
  readonly vanished: readonly ScannerListing[];
}

/** What is watched, and who is told. */
export interface ScannerWatchOptions {
  readonly source: ScannerSource;
  readonly signal: AbortSignal;
  /** While this is true nothing is listed: enumeration disturbs a transfer on some systems. A look that is due waits. */
  readonly isCapturing: () => boolean;
  /** Told of the first look, and then of every change. */
  readonly onChange: (change: ScannerChange) => void;
  /** Told once when looking begins to fail, and again after it has worked in between. */
  readonly onFault: (cause: unknown) => void;
  readonly clock?: ScannerClock;
  /** Null: the system gives none. */
  readonly plugEvents?: PlugEvents | null;
}

/** A watch that runs. */
export interface ScannerWatch {
  /** Looks soon, for somebody who has reason to think that something changed; a look that is due already is not doubled. */
  lookSoon(): void;
}

/** Watches a source until the signal is aborted: by events where there are any, else by looking now and then, one look at a time. */
export function watchScanners(options: ScannerWatchOptions): ScannerWatch {
  const { source, signal, isCapturing, onChange, onFault, clock = systemClock, plugEvents = null } = options;
  const pollMs = plugEvents === null ? POLL_MS : POLL_WITH_EVENTS_MS;
  let known: ReadonlyMap<string, ScannerListing> | null = null;
  let isLooking = false;
  let isFailing = false;
  let isDue = false;
  let cancel = (): void => {};

  const plan = (delayMs: number): void => {
    cancel();
    if (!signal.aborted) cancel = clock.after(delayMs, look);
  };
  const look = (): void => {
    if (isLooking) {
      isDue = true;
      return;
    }
    if (isCapturing()) {
      // Looked at again soon: what happened meanwhile should not wait for the next long round.
      plan(SETTLE_MS);
      return;
    }
    isLooking = true;
    source.list(signal).then(succeed, fail).finally(next);
  };
  const succeed = (rows: readonly ScannerListing[]): void => {
    isFailing = false;
    const now = new Map(rows.map((row) => [keyOf(row), row]));
    const before = known;
    known = now;
    const appeared = rows.filter((row) => before === null || !before.has(keyOf(row)));
    const vanished = before === null ? [] : [...before].filter(([key]) => !now.has(key)).map(([, row]) => row);
    if (signal.aborted) return;
    if (before === null || appeared.length > 0 || vanished.length > 0) onChange({ rows, appeared, vanished });
  };
  const fail = (cause: unknown): void => {
    // What was known is not known any more: the next look that works is told whole, like a first one.
    known = null;
    if (signal.aborted || isFailing) return;
    isFailing = true;
    onFault(cause);
  };
  const next = (): void => {
    isLooking = false;
    plan(isDue ? SETTLE_MS : pollMs);
    isDue = false;
  };

  const lookSoon = (): void => {
    if (isLooking) isDue = true;
    else plan(SETTLE_MS);
  };

  const unsubscribe = plugEvents?.(lookSoon);
  signal.addEventListener('abort', () => {
    cancel();
    unsubscribe?.();
  });
  if (!signal.aborted) look();
  return { lookSoon };
}

/** A device whose permission, enrolment or serial number has changed has changed. */
function keyOf({ path, serialNumber, refusal, isEnrolled }: ScannerListing): string {
  return [path, serialNumber, refusal ?? '', isEnrolled ?? ''].join('\n');
}
