import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import type { FingerSlot, FingerState, FingerView } from '../../contract/checks.ts';
import type { Held } from '../../custody/probe-custody.ts';

/** The fingers that are asked for first. Source: the two index fingers are what mobile and desk checks take. */
const FIRST_POSITIONS = { first: 2, second: 7 } as const;

/** One of the two fingers of a check: how far it is, and what custody holds of it. */
export interface Slot {
  position: FingerPosition;
  state: FingerState;
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
  return { first: emptySlot(FIRST_POSITIONS.first), second: emptySlot(FIRST_POSITIONS.second) };
}

/** What the officer sees of one slot. */
export function viewOf(name: FingerSlot, { position, attempts, state }: Slot): FingerView {
  return { slot: name, position, attempts: attempts.get(position) ?? 0, state };
}

function emptySlot(position: FingerPosition): Slot {
  return {
    position,
    state: { kind: 'wanted' },
    attempts: new Map(),
    held: [],
    image: null,
    template: null,
    liftedAtMs: null,
  };
}
