import type { CaptureProgress, PlacementHint, PlacementMap } from '../../../native-bridge/scanner/scanner.ts';
import type { FingerState } from '../../contract/checks.ts';
import { fingerStateOf } from './finger-states.ts';

const EMPTY_MAP: PlacementMap = { columns: 1, rows: 1, cells: [0] };
/** Hints for a glass on which no finger has arrived. */
const HINTS_WITHOUT_FINGER: readonly PlacementHint[] = ['place-finger', 'clean-the-glass', 'lift-finger'];

/** Follows one capture and remembers what its end depends on. */
export class CaptureObserver {
  #map = EMPTY_MAP;
  #hadFinger = false;
  #isGlassClean = true;

  /** The latest map of placement. */
  get map(): PlacementMap {
    return this.#map;
  }

  /** True once a finger has arrived on the glass. */
  get hadFinger(): boolean {
    return this.#hadFinger;
  }

  /** False while what lies on the glass is no finger: dirt, or the print that an earlier one left. */
  get isGlassClean(): boolean {
    return this.#isGlassClean;
  }

  /** Takes note of a step, and gives what the officer sees of it. */
  see(progress: CaptureProgress): FingerState {
    if (progress.kind === 'preview') {
      this.#map = progress.map;
      this.#isGlassClean = progress.hint !== 'clean-the-glass';
      this.#hadFinger ||= !HINTS_WITHOUT_FINGER.includes(progress.hint);
    }
    this.#hadFinger ||= progress.kind === 'transferring' || progress.kind === 'waiting-for-lift';
    return fingerStateOf(progress);
  }
}
