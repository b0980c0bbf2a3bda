import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** Carries the probe onto the record: x' = xx·x + xy·y + dx, y' = yx·x + yy·y + dy; directions turn by `turnRad`. */
export interface Placement {
  xx: number;
  xy: number;
  yx: number;
  yy: number;
  dx: number;
  dy: number;
  turnRad: number;
}

/** Pairs of minutiae that fall onto each other under a placement. */
export interface Correspondence {
  count: number;
  readonly probe: Uint8Array;
  readonly record: Uint8Array;
  /** Distance after placement, pixels. */
  readonly distancePx: Float32Array;
}

export function createCorrespondence(): Correspondence {
  return {
    count: 0,
    probe: new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE),
    record: new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE),
    distancePx: new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE),
  };
}

/** The placement of least squares for weighted pairs (Umeyama 1991, without scale). */
export function fitPlacement(
  a: PreparedTemplate,
  b: PreparedTemplate,
  count: number,
  probe: Uint8Array,
  record: Uint8Array,
  weight: (pair: number) => number,
  stiffness: number,
  into: Placement,
): void {
  let [total, ax, ay, bx, by] = [1e-9, 0, 0, 0, 0];
  for (let pair = 0; pair < count; pair += 1) {
    const w = weight(pair);
    total += w;
    ax += w * a.xPx[probe[pair]];
    ay += w * a.yPx[probe[pair]];
    bx += w * b.xPx[record[pair]];
    by += w * b.yPx[record[pair]];
  }
  ax /= total;
  ay /= total;
  bx /= total;
  by /= total;
  let [dot, cross] = [0, 0];
  for (let pair = 0; pair < count; pair += 1) {
    const w = weight(pair);
    const p = probe[pair];
    const r = record[pair];
    const ux = a.xPx[p] - ax;
    const uy = a.yPx[p] - ay;
    const vx = b.xPx[r] - bx;
    const vy = b.yPx[r] - by;
    // Directions of the minutiae count like an arm of 15 px, which also settles a single pair.
    const arm = 225;
    dot += w * (ux * vx + uy * vy + arm * (a.cosines[p] * b.cosines[r] + a.sines[p] * b.sines[r]));
    cross += w * (ux * vy - uy * vx + arm * (a.cosines[p] * b.sines[r] - a.sines[p] * b.cosines[r]));
  }
  const size = Math.hypot(dot, cross) || 1;
  const cosine = dot / size;
  const sine = cross / size;
  into.turnRad = Math.atan2(sine, cosine);
  // What is left over, as a linear map of the distance from the centre, held down where pairs are few.
  let [xx, xy, yy, ex, ey, fx, fy] = [stiffness, 0, stiffness, 0, 0, 0, 0];
  if (stiffness < Infinity) {
    for (let pair = 0; pair < count; pair += 1) {
      const w = weight(pair);
      const ux = a.xPx[probe[pair]] - ax;
      const uy = a.yPx[probe[pair]] - ay;
      const restX = b.xPx[record[pair]] - bx - cosine * ux + sine * uy;
      const restY = b.yPx[record[pair]] - by - sine * ux - cosine * uy;
      xx += w * ux * ux;
      xy += w * ux * uy;
      yy += w * uy * uy;
      ex += w * restX * ux;
      ey += w * restX * uy;
      fx += w * restY * ux;
      fy += w * restY * uy;
    }
    const det = xx * yy - xy * xy;
    into.xx = (ex * yy - ey * xy) / det;
    into.xy = (ey * xx - ex * xy) / det;
    into.yx = (fx * yy - fy * xy) / det;
    into.yy = (fy * xx - fx * xy) / det;
  } else into.xx = into.xy = into.yx = into.yy = 0;
  into.xx += cosine;
  into.xy -= sine;
  into.yx += sine;
  into.yy += cosine;
  into.dx = bx - into.xx * ax - into.xy * ay;
  into.dy = by - into.yx * ax - into.yy * ay;
}

/** Finds which minutiae coincide under a placement, each at most once, nearest first by record order. */
export class Matching {
  readonly #owner = new Int16Array(MAXIMUM_TEMPLATE_MINUTIAE);
  readonly #ownerCost = new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE);

  match(
    a: PreparedTemplate,
    b: PreparedTemplate,
    place: Placement,
    radiusPx: number,
    turnLimit: number,
    into: Correspondence,
  ): void {
    const owner = this.#owner.fill(-1);
    const ownerCost = this.#ownerCost;
    const shift = Math.round((place.turnRad / (2 * Math.PI)) * 256);
    const radius2 = radiusPx * radiusPx;
    for (let p = 0; p < a.count; p += 1) {
      const x = place.xx * a.xPx[p] + place.xy * a.yPx[p] + place.dx;
      const y = place.yx * a.xPx[p] + place.yy * a.yPx[p] + place.dy;
      let best = -1;
      let bestCost = radius2;
      for (let r = 0; r < b.count; r += 1) {
        const dx = b.xPx[r] - x;
        if (dx > radiusPx || dx < -radiusPx) continue;
        const dy = b.yPx[r] - y;
        const cost = dx * dx + dy * dy;
        if (cost >= bestCost) continue;
        const turn = (a.turns[p] + shift - b.turns[r]) & 255;
        if (Math.min(turn, 256 - turn) > turnLimit) continue;
        if (owner[r] >= 0 && ownerCost[r] <= cost) continue;
        best = r;
        bestCost = cost;
      }
      if (best >= 0) {
        owner[best] = p;
        ownerCost[best] = bestCost;
      }
    }
    into.count = 0;
    for (let r = 0; r < b.count; r += 1) {
      if (owner[r] < 0) continue;
      into.probe[into.count] = owner[r];
      into.record[into.count] = r;
      into.distancePx[into.count] = Math.sqrt(ownerCost[r]);
      into.count += 1;
    }
  }
}
