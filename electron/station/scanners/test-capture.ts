import type { CaptureProgress, PlacementMap } from '../../../native-bridge/scanner/scanner.ts';
import type { TestCaptureEvent } from '../../contract/administration.ts';
import type { ProbeCustody } from '../../custody/probe-custody.ts';
import { Refusal } from '../refusal.ts';
import { refusalOfScannerFault, type ScannerDesk } from './scanner-desk.ts';

/** How long an administrator's test waits for a finger, milliseconds. */
const TEST_DEADLINE_MS = 30_000;

export interface TestCaptureOptions {
  readonly custody: ProbeCustody;
  readonly scanners: ScannerDesk;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TestCaptureEvent) => void;
}

/**
 * Takes one image to see whether the scanner works, and erases it at once: it is never extracted, searched or kept. It
 * is no use of the power, so it needs the administrator's permission and a colleague's own finger, but no grounds.
 */
export async function runTestCapture(options: TestCaptureOptions): Promise<TestCaptureEvent> {
  const { custody, onEvent, scanners, signal } = options;
  let map: PlacementMap = { columns: 1, rows: 1, cells: [0] };
  const report = (progress: CaptureProgress) => {
    if (progress.kind === 'preview') map = progress.map;
    onEvent(progress.kind === 'preview' ? { ...progress, map: { ...map, cells: [...map.cells] } } : progress);
  };
  try {
    await using scanner = await scanners.openForTest(signal);
    const held = custody.take('image', scanner.identity.widthPx * scanner.identity.heightPx);
    try {
      using loan = held.lend();
      const outcome = await scanner.capture({
        into: loan.buffer,
        deadlineMs: TEST_DEADLINE_MS,
        signal,
        onProgress: report,
      });
      if (outcome.kind === 'no-finger') return { kind: 'failed', code: 'capture.no-finger' };
      if (outcome.kind === 'unplugged') return { kind: 'failed', code: 'scanner.unplugged' };
      if (outcome.kind === 'fault') return { kind: 'failed', code: refusalOfScannerFault(outcome.code) };
      if (outcome.kind === 'aborted') return { kind: 'failed', code: 'station.closing' };
      const { reportsReceived, reportsLost, reportsRepeated } = scanner.statistics();
      return {
        kind: 'done',
        quality: outcome.quality,
        map: { ...map, cells: [...map.cells] },
        reportsReceived,
        reportsLost,
        reportsRepeated,
      };
    } finally {
      await held.erase('abandoned');
    }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'failed', code: error.code };
    throw error;
  }
}
