import type { CaptureOutcome, CaptureProgress, PlacementMap } from '../../../native-bridge/scanner/scanner.ts';
import type { FingerState } from '../../contract/checks.ts';
import type { RefusalCode } from '../../contract/errors.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { refusalOfScannerFault } from '../scanners/scanner-desk.ts';

/** What the officer sees of a capture that runs. */
export function fingerStateOf(progress: CaptureProgress): FingerState {
  switch (progress.kind) {
    case 'waiting-for-finger':
    case 'waiting-for-lift':
      return { kind: progress.kind };
    case 'transferring':
      return { kind: 'transferring', receivedShare: progress.receivedShare };
    case 'preview':
      return { kind: 'previewing', map: copyOf(progress.map), quality: progress.quality, hint: progress.hint };
    default:
      return unreachable(progress);
  }
}

/** A map of its own, as the contract wants it. */
export function copyOf(map: PlacementMap): { columns: number; rows: number; cells: number[] } {
  return { columns: map.columns, rows: map.rows, cells: [...map.cells] };
}

/** How a capture ends that leaves no print: as the driver said, or because the print is the other finger's. */
export type FailedCapture = Exclude<CaptureOutcome, { kind: 'captured' }> | { readonly kind: 'same-finger' };

/** Why no print came of a capture, as the officer's code. */
export function refusalOf(outcome: Exclude<FailedCapture, { kind: 'aborted' }>): RefusalCode {
  switch (outcome.kind) {
    case 'same-finger':
      return 'capture.same-finger-twice';
    case 'no-finger':
      return 'capture.no-finger';
    case 'unplugged':
      return 'scanner.unplugged';
    case 'fault':
      return refusalOfScannerFault(outcome.code);
    default:
      return unreachable(outcome);
  }
}
