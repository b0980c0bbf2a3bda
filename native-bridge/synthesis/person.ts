import type { FingerPosition } from '../matcher/matcher.ts';
import { type Finger, createFinger } from './create-finger.ts';
import type { Seed } from './seeded-random.ts';

/** The seed of one finger of a synthetic person: the same person of the same run has the same fingers everywhere. */
export function fingerSeed(runSeed: Seed, person: number | string, position: FingerPosition): string {
  return `${typeof runSeed} ${runSeed} / ${person} / ${position}`;
}

/** The hand of a finger position. Source: ANSI/NIST-ITL 1-2011 table 12, 1–5 right, 6–10 left. */
export function handOf(position: FingerPosition): 'left' | 'right' {
  return position <= 5 ? 'right' : 'left';
}

/** Makes one finger of a synthetic person; its loops open to the side that is natural for its hand. */
export function fingerOfPerson(runSeed: Seed, person: number | string, position: FingerPosition): Finger {
  return createFinger(fingerSeed(runSeed, person, position), { hand: handOf(position) });
}
