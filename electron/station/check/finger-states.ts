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

/** How a capture ends that leaves no print: as the driver said, or as the print itself says. */
export type FailedCapture =
  | Exclude<CaptureOutcome, { kind: 'captured' }>
  /** No finger came, and what lies on the glass is dirt or the print that an earlier one left. */
  | { readonly kind: 'glass-not-clean' }
  /** The print is the one that was taken of the other finger. */
  | { readonly kind: 'same-finger' };

/** Why no print came of a capture, as the officer's code. */
export function refusalOf(outcome: Exclude<FailedCapture, { kind: 'aborted' }>): RefusalCode {
  switch (outcome.kind) {
    case 'same-finger':
      return 'capture.finger-laid-twice';
    case 'glass-not-clean':
      return 'capture.glass-not-clean';
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

/** Whether a capture that left no print used up an attempt: not when the scanner failed, nor before a finger came. */
export function isAttempt(outcome: FailedCapture, hadFinger: boolean): boolean {
  switch (outcome.kind) {
    case 'unplugged':
    case 'fault':
    case 'glass-not-clean':
      return false;
    case 'aborted':
      return hadFinger;
    case 'no-finger':
    case 'same-finger':
      return true;
    default:
      return unreachable(outcome);
  }
}
