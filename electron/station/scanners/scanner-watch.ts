import { watchScanners, type PlugEvents } from '../../../native-bridge/scanner/scanner-watch.ts';
import type { Clock, TechnicalLog } from '../platform.ts';
import type { QuietSource } from './quiet-source.ts';
import type { ScannerDesk } from './scanner-desk.ts';

export interface StationScannerWatchOptions {
  readonly source: QuietSource;
  readonly scanners: ScannerDesk;
  readonly clock: Clock;
  readonly log: TechnicalLog;
  /** Null where the system gives none: then it is looked at now and then. */
  readonly plugEvents: PlugEvents | null;
  readonly onChange: () => void;
}

/**
 * Keeps the scanner desk in step with what is plugged in: told by the system where it tells, by looking now and then
 * elsewhere, never while a scanner is open and at once when it was closed. Settles after the first look; the answer
 * stops the watch.
 */
export async function startScannerWatch(options: StationScannerWatchOptions): Promise<() => void> {
  const { source, scanners, clock, log, plugEvents, onChange } = options;
  const stopping = new AbortController();
  await new Promise<void>((hasLooked) => {
    const watch = watchScanners({
      source,
      signal: stopping.signal,
      isCapturing: () => source.isOpen,
      clock,
      plugEvents,
      onChange: ({ rows }) => {
        scanners.see(rows);
        hasLooked();
        onChange();
      },
      onFault: (cause) => {
        log.fault('scanner.list', cause);
        // What cannot be listed any more is not there: an old list would promise a scanner.
        scanners.see([]);
        hasLooked();
        onChange();
      },
    });
    source.onClosed(() => watch.lookSoon());
  });
  return () => stopping.abort();
}
