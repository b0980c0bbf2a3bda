import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import type { FingerSlot, FingerState, FingerView } from '../../contract/checks.ts';
import type { Held } from '../../custody/probe-custody.ts';

/** The fingers that are asked for first. Source: the two index fingers are what mobile and desk checks take. */
const FIRST_POSITIONS = { first: 2, second: 7 } as const;

/** One of the two fingers of a check: how far it is, and what custody holds of it. */
export interface Slot {
  position: FingerPosition;
  state: FingerState;
  /** Attempts by finger; the two slots share them, for it is the finger that is tried and not the slot. */
  readonly attempts: Map<FingerPosition, number>;
  held: Held[];
  /** The picture as it was taken, once it was taken whole. */
  image: {
    readonly held: Held;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly resolutionPpi: number;
    readonly quality: number;
  } | null;
  template: { readonly held: Held; readonly bytes: number } | null;
  liftedAtMs: number | null;
}

/** Both fingers of a check, in the order in which they are asked for. */
export type Slots = Readonly<Record<FingerSlot, Slot>>;

/** The two slots of a check that has taken nothing yet. */
export function emptySlots(): Slots {
  const attempts = new Map<FingerPosition, number>();
  return { first: emptySlot(FIRST_POSITIONS.first, attempts), second: emptySlot(FIRST_POSITIONS.second, attempts) };
}

/** What the officer sees of one slot. */
export function viewOf(name: FingerSlot, slot: Slot, maximumAttempts: number): FingerView {
  const attempts = attemptsOf(slot, slot.position);
  const attemptsLeft = Math.max(0, maximumAttempts - attempts);
  return { slot: name, position: slot.position, attempts, attemptsLeft, state: slot.state };
}

/** How often a finger was tried. */
export function attemptsOf({ attempts }: Slot, position: FingerPosition): number {
  return attempts.get(position) ?? 0;
}

/** Counts one attempt at the slot's finger more, or one less when it was none. */
export function countAttempt(slot: Slot, change: 1 | -1): void {
  slot.attempts.set(slot.position, Math.max(0, attemptsOf(slot, slot.position) + change));
}

function emptySlot(position: FingerPosition, attempts: Map<FingerPosition, number>): Slot {
  return {
    position,
    state: { kind: 'wanted' },
    attempts,
    held: [],
    image: null,
    template: null,
    liftedAtMs: null,
  };
}
