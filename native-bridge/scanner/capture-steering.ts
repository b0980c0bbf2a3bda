import { FIRM_DEVIATION, RESIDUE_AREA_MM2 } from '../image/placement-parameters.ts';
import { assessPlacement, type Placement, type SensingArea } from '../image/placement.ts';
import {
  FRAMES_OF_GRACE,
  OCCUPIED_PATIENCE_MS,
  PLACEMENT_PATIENCE_MS,
  STABLE_CHANGE,
  STABLE_FRAMES,
  UNSTEADY_PATIENCE_MS,
} from './parameters.ts';
import type { PreviewFrame } from './preview-frame.ts';
import type { PlacementHint } from './scanner.ts';

/** What is to be done after a frame. */
export type SteeringStep =
  | { readonly kind: 'wait'; readonly placement: Placement }
  | { readonly kind: 'guide'; readonly placement: Placement }
  | { readonly kind: 'take'; readonly frame: number; readonly placement: Placement }
  | { readonly kind: 'lifted' };

/**
 * Follows the finger from frame to frame, without clock or bus. A finger must *arrive*: what already lies on the glass
 * when the capture begins (a trace of an earlier finger, dirt) never counts as one, however much it looks like it.
 */
export class CaptureSteering {
  readonly #area: SensingArea;
  readonly #framesRemembered: number;
  #before: PreviewFrame | null = null;
  #beforeAreaMm2 = 0;
  #beforeContrast = Number.POSITIVE_INFINITY;
  #startedAtMs: number | null = null;
  #arrivedAtMs: number | null = null;
  #last: PreviewFrame | null = null;
  #still: { readonly number: number; readonly placement: Placement }[] = [];
  #isAwaitingLift = false;

  constructor(area: SensingArea, framesRemembered: number) {
    this.#area = area;
    this.#framesRemembered = framesRemembered;
  }

  /** From now on, only the lift is of interest. */
  awaitLift(): void {
    this.#isAwaitingLift = true;
  }

  onFrame(frame: PreviewFrame, nowMs: number): SteeringStep {
    this.#startedAtMs ??= nowMs;
    this.#learnGlass(frame);
    const placement = assessPlacement(frame, this.#before, this.#area);
    if (this.#isAwaitingLift) return placement.isFinger ? { kind: 'wait', placement } : { kind: 'lifted' };
    if (!placement.isFinger) {
      this.#arrivedAtMs = null;
      this.#still = [];
      this.#last = frame;
      return { kind: 'wait', placement: { ...placement, hint: this.#waitingHint(nowMs - this.#startedAtMs) } };
    }
    this.#arrivedAtMs ??= nowMs;
    this.#judgeStillness(frame, placement);
    return this.#decide(frame, placement, nowMs - this.#arrivedAtMs);
  }

  /**
   * The emptiest glass seen so far is what the finger is told from: the one with the least contrast in all. The area of
   * the ridges would not do: a finger can cover less of the glass than the faint print that lies under it.
   */
  #learnGlass(frame: PreviewFrame): void {
    const contrast = frame.deviation.reduce((sum, deviation) => sum + deviation, 0);
    if (contrast >= this.#beforeContrast) return;
    this.#before = frame;
    this.#beforeContrast = contrast;
    this.#beforeAreaMm2 = assessPlacement(frame, null, this.#area).ridgedAreaMm2;
  }

  #waitingHint(waitedMs: number): PlacementHint {
    if (this.#before === null || this.#beforeAreaMm2 < RESIDUE_AREA_MM2) return 'place-finger';
    const { contrast, isFinger } = assessPlacement(this.#before, null, this.#area);
    const mayBeFinger = isFinger && contrast >= FIRM_DEVIATION && waitedMs < OCCUPIED_PATIENCE_MS;
    return mayBeFinger ? 'lift-finger' : 'clean-the-glass';
  }

  #judgeStillness(frame: PreviewFrame, placement: Placement): void {
    const isStill = this.#last !== null && changeBetween(this.#last, frame, placement) < STABLE_CHANGE;
    this.#last = frame;
    if (!isStill) this.#still = [];
    this.#still.push({ number: frame.number, placement });
    // The device forgets old frames, and some more will have passed when the request arrives.
    const reach = Math.max(1, this.#framesRemembered - FRAMES_OF_GRACE);
    this.#still = this.#still.filter(({ number }) => (frame.number - number + 0xffff) % 0xffff < reach);
  }

  #decide(frame: PreviewFrame, placement: Placement, sinceArrivalMs: number): SteeringStep {
    const isStill = this.#still.length >= STABLE_FRAMES;
    const isGood = placement.hint === 'hold-still';
    if (isStill && (isGood || sinceArrivalMs >= PLACEMENT_PATIENCE_MS)) {
      const best = this.#still.reduce((a, b) => (isAtLeastAsGood(b.placement, a.placement) ? b : a));
      return { kind: 'take', frame: best.number, placement: best.placement };
    }
    if (sinceArrivalMs >= UNSTEADY_PATIENCE_MS) return { kind: 'take', frame: frame.number, placement };
    return { kind: 'guide', placement };
  }
}

/** More ridge of a better grade is better; between two that are full, the stronger contrast is. */
function isAtLeastAsGood(one: Placement, other: Placement): boolean {
  return one.quality === other.quality ? one.contrast >= other.contrast : one.quality > other.quality;
}

/** Mean change of mean and contrast over the cells that show ridges, grey levels. */
function changeBetween(earlier: PreviewFrame, later: PreviewFrame, { map }: Placement): number {
  let change = 0;
  let count = 0;
  map.cells.forEach((grade, cell) => {
    if (grade === 0) return;
    count += 1;
    change += Math.abs((later.deviation[cell] ?? 0) - (earlier.deviation[cell] ?? 0));
    change += Math.abs((later.mean[cell] ?? 0) - (earlier.mean[cell] ?? 0));
  });
  return count === 0 ? 0 : change / (2 * count);
}
