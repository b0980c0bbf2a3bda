import type { FingerClass } from './finger-class.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A point of a finger, pixels at 500 ppi from the middle of the master, y downwards. */
export interface FingerPoint {
  readonly x: number;
  readonly y: number;
}

/** Where the ridges of a finger turn back (cores) and part three ways (deltas). An arch has neither. */
export interface Singularities {
  readonly cores: readonly FingerPoint[];
  readonly deltas: readonly FingerPoint[];
}

/** Places the cores and deltas of a class as they lie on natural fingers: a delta 8 to 12 ridges below and beside its core. */
export function placeSingularities(random: SeededRandom, fingerClass: FingerClass): Singularities {
  const core = { x: random.normal(0, 12), y: random.normal(-18, 18) };
  switch (fingerClass) {
    case 'arch':
      return { cores: [], deltas: [] };
    case 'tented-arch': {
      const delta = { x: core.x + random.normal(0, 7), y: core.y + random.between(50, 115) };
      return { cores: [core], deltas: [delta] };
    }
    case 'left-loop':
    case 'right-loop': {
      const side = fingerClass === 'left-loop' ? 1 : -1;
      const delta = { x: core.x + side * random.between(48, 122), y: core.y + random.between(62, 150) };
      return { cores: [core], deltas: [delta] };
    }
    case 'whorl':
      return placeWhorl(random, core);
    default:
      return unreachable(fingerClass);
  }
}

/** Plain whorls have their cores close together; about one in four is a double loop, with cores apart and side by side. */
function placeWhorl(random: SeededRandom, middle: FingerPoint): Singularities {
  const isDoubleLoop = random.share() < 0.25;
  const apart = isDoubleLoop ? random.between(45, 80) : random.between(10, 48);
  const lean = isDoubleLoop ? random.between(25, 48) * (random.share() < 0.5 ? -1 : 1) : random.normal(0, 7);
  const upper = { x: middle.x + lean / 2, y: middle.y - apart / 2 };
  const lower = { x: middle.x - lean / 2, y: middle.y + apart / 2 };
  const left = { x: middle.x - random.between(62, 128), y: middle.y + random.between(66, 150) };
  const right = { x: middle.x + random.between(62, 128), y: middle.y + random.between(66, 150) };
  return { cores: [upper, lower], deltas: [left, right] };
}

function unreachable(value: never): never {
  throw new TypeError(`no such finger class: ${String(value)}`);
}
