import { isMaintainable, type MaintainableScanner } from '../../../native-bridge/scanner/maintainable-scanner.ts';
import type { Scanner, ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';

/** How long the system's device list may take, milliseconds. Source: ours; enumeration is a matter of milliseconds. */
const LISTING_DEADLINE_MS = 5_000;

/** A source that keeps the bus quiet while one of its scanners is open. */
export interface QuietSource extends ScannerSource {
  /** True from the moment when a scanner is being opened until it is closed. */
  readonly isOpen: boolean;
  /** Names the one listener of "a scanner was closed": what was not looked at meanwhile can be looked at now. */
  onClosed(listener: () => void): void;
}

/**
 * Enumerating disturbs a transfer on some systems, so while a scanner is open the list is the one that was read last,
 * and a scanner is opened only when a list that is being read has been read. One scanner is open at a time: a second
 * opening is refused as `scanner.in-use`.
 */
export function createQuietSource(source: ScannerSource): QuietSource {
  let rows: readonly ScannerListing[] = [];
  let reading: Promise<readonly ScannerListing[]> | null = null;
  let isOpen = false;
  let onClosed = (): void => {};

  async function read(): Promise<readonly ScannerListing[]> {
    rows = await source.list(AbortSignal.timeout(LISTING_DEADLINE_MS));
    return rows;
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    onClosed();
  }

  return {
    get isOpen() {
      return isOpen;
    },
    onClosed: (listener) => (onClosed = listener),
    list(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (isOpen) return Promise.resolve(rows);
      reading ??= read().finally(() => (reading = null));
      return reading;
    },
    async open(path, signal) {
      if (isOpen) throw new ScannerFault('scanner.in-use');
      isOpen = true;
      try {
        await reading?.catch(() => []);
        return closingWith(await source.open(path, signal), close);
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

/** The same scanner, whatever it can do, that tells when it has been closed. */
function closingWith(scanner: Scanner, onClosed: () => void): Scanner | MaintainableScanner {
  const told: Scanner = {
    identity: scanner.identity,
    capture: (request) => scanner.capture(request),
    statistics: () => scanner.statistics(),
    async [Symbol.asyncDispose]() {
      try {
        await scanner[Symbol.asyncDispose]();
      } finally {
        onClosed();
      }
    },
  };
  if (!isMaintainable(scanner)) return told;
  return {
    ...told,
    captureGlass: (request) => scanner.captureGlass(request),
    indicate: (light, sound) => scanner.indicate(light, sound),
    deviceStatistics: (signal) => scanner.deviceStatistics(signal),
  };
}
