import type { FingerPosition } from '../matcher.ts';
import type { Comparer, PreparedTemplate } from './comparer.ts';
import { loopSideOf, type LoopSide } from './loop-side.ts';

/** One capture of a check, and the finger that the officer was asked for. */
export interface PairedCapture {
  readonly position: FingerPosition;
  readonly template: PreparedTemplate;
}

/** What is odd about the two captures of one check. */
export type PairFinding =
  | { readonly kind: 'nothing' }
  /** The same finger was laid on twice: ask for the other one. */
  | { readonly kind: 'same-finger'; readonly score: number }
  /** Both look like the other hand: ask the officer to look. Advice only, one loop in ten opens against its hand. */
  | { readonly kind: 'perhaps-swapped' };

/** Score from which two captures of a check are one finger: different fingers of a person reach it once in 10,000. */
export const SAME_FINGER_SCORE = 4;

/** Positions 1–5 are the right hand, 6–10 the left. Source: ANSI/NIST-ITL 1-2011 table 12. */
function handOf(position: FingerPosition): 'left' | 'right' {
  return position <= 5 ? 'right' : 'left';
}

/** Whether the loop opens against its hand: on a print, loops of the right hand mostly open to the right. */
function contradicts(side: LoopSide, position: FingerPosition): boolean {
  return side !== 'unsettled' && side !== handOf(position);
}

/** Compares the two captures of one check with each other, as given and with what their positions lead to expect. */
export function examineCapturePair(comparer: Comparer, first: PairedCapture, second: PairedCapture): PairFinding {
  const score = comparer.compare(first.template, second.template);
  if (score >= SAME_FINGER_SCORE) return { kind: 'same-finger', score };
  const areBothAgainst = [first, second].every(({ position, template }) =>
    contradicts(loopSideOf(template.finger.orientation), position),
  );
  return areBothAgainst && handOf(first.position) !== handOf(second.position)
    ? { kind: 'perhaps-swapped' }
    : { kind: 'nothing' };
}
