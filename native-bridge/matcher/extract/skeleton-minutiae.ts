import type { MinutiaCandidate } from './candidate.ts';
import { orientationAt, type OrientationField } from './orientation.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Shortest branch of a skeleton that is a ridge and no spur, and how far a branch is followed for its direction, px. */
const LEAST_BRANCH_PX = 7;
const FOLLOWED_PX = 9;

/** The eight neighbours, clockwise from the east (y grows downwards). */
const STEPS: readonly (readonly [dx: number, dy: number])[] = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/** A thinned bit plane with one empty word and one empty row on each side. */
export interface Skeleton {
  readonly bits: Uint32Array;
  readonly words: number;
  readonly rows: number;
}

/** Ridges (values above 0 of an i16 plane) thinned to lines of one pixel. */
export function skeletonOf(plane: Plane, area: WorkingArea): Skeleton {
  const words = Math.ceil((plane.columns / 32 + 2) / 4) * 4;
  const rows = plane.rows + 2;
  const target = area.take(words * rows * 4);
  // A v128 more on each side: the kernel looks one word beyond.
  const scratch = area.take(words * rows * 4 + 32);
  const first = target + (words + 1) * 4;
  area.kernels.binarise(plane.pointer, plane.stride, Math.ceil(plane.columns / 32), plane.rows, first, words);
  area.kernels.thin(target, scratch, words, rows);
  return { bits: area.views.u32.subarray(target >> 2, (target >> 2) + words * rows), words, rows };
}

function isRidge({ bits, words }: Skeleton, x: number, y: number): boolean {
  return ((bits[(y + 1) * words + 1 + (x >> 5)] >>> (x & 31)) & 1) === 1;
}

/** The directions (numbers into `STEPS`) in which lines leave a pixel: neighbours that touch count once. */
function branchesAt(skeleton: Skeleton, x: number, y: number): number[] {
  const branches: number[] = [];
  for (let step = 0; step < 8; step += 1) {
    const [dx, dy] = STEPS[step];
    if (!isRidge(skeleton, x + dx, y + dy)) continue;
    // Of a straight neighbour and a diagonal one beside it, the straight one stands for both.
    const [bx, by] = STEPS[(step + 7) & 7];
    const [ax, ay] = STEPS[(step + 1) & 7];
    const isDiagonal = (step & 1) === 1;
    if (isDiagonal && (isRidge(skeleton, x + bx, y + by) || isRidge(skeleton, x + ax, y + ay))) continue;
    branches.push(step);
  }
  return branches;
}

interface Walk {
  readonly xPx: number;
  readonly yPx: number;
  readonly lengthPx: number;
}

/** Follows a line from (x, y) in the direction `step` for at most `FOLLOWED_PX`, or to its end or next fork. */
function follow(skeleton: Skeleton, x: number, y: number, step: number): Walk {
  let heading = step;
  let [atX, atY] = [x + STEPS[step][0], y + STEPS[step][1]];
  for (let length = 1; length < FOLLOWED_PX; length += 1) {
    const onward = branchesAt(skeleton, atX, atY).filter((next) => {
      const turn = (next - heading + 12) & 7;
      return turn >= 2 && turn <= 6;
    });
    if (onward.length !== 1) return { xPx: atX, yPx: atY, lengthPx: length };
    heading = onward[0];
    atX += STEPS[heading][0];
    atY += STEPS[heading][1];
  }
  return { xPx: atX, yPx: atY, lengthPx: FOLLOWED_PX };
}

/** The direction of a minutia from its branches: into the one of an ending, between the nearest two of a fork. */
function directionOf(x: number, y: number, walks: readonly Walk[]): number {
  let [sumX, sumY] = [0, 0];
  for (const walk of walks) {
    const length = Math.hypot(walk.xPx - x, walk.yPx - y) || 1;
    sumX += (walk.xPx - x) / length;
    sumY += (walk.yPx - y) / length;
  }
  return Math.atan2(sumY, sumX);
}

/** Minutiae of the skeleton: its ends and its forks, without spurs. `mask` tells the blocks that are looked at. */
export function skeletonMinutiae(
  skeleton: Skeleton,
  plane: Plane,
  mask: Uint8Array,
  field: OrientationField,
): MinutiaCandidate[] {
  const found: MinutiaCandidate[] = [];
  for (let y = 1; y < plane.rows - 1; y += 1) {
    for (let word = 0; word * 32 < plane.columns; word += 1) {
      let bits = skeleton.bits[(y + 1) * skeleton.words + 1 + word];
      while (bits !== 0) {
        const x = word * 32 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        if (x >= plane.columns || mask[(y >> 3) * field.columns + (x >> 3)] === 0) continue;
        const branches = branchesAt(skeleton, x, y);
        if (branches.length !== 1 && branches.length !== 3) continue;
        const walks = branches.map((step) => follow(skeleton, x, y, step));
        if (walks.some((walk) => walk.lengthPx < LEAST_BRANCH_PX)) continue;
        const direction = directionOf(x, y, walks);
        const flow = orientationAt(field, x + 0.5, y + 0.5);
        const angleRad = (Math.cos(flow - direction) >= 0 ? flow : flow + Math.PI) % (2 * Math.PI);
        found.push({ xPx: x, yPx: y, angleRad, endingness: branches.length === 1 ? 1 : -1, quality: 0.5 });
      }
    }
  }
  return found;
}
