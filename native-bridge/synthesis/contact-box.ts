import { NOMINAL_RESOLUTION_PPI } from '../image/grey-image.ts';
import { cosine, sine } from './exact-math.ts';
import type { ImpressionState } from './impression-conditions.ts';

/** The part of an impression that the finger can reach, whole pixels; `right` and `bottom` are one beyond it. */
export interface ContactBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Share by which the uneven rim of a contact can lie outside its ellipse. */
const RIM = 1.17;
/** Most that the skin's small stretching moves a place, pixels at 500 ppi. */
const STRETCH_ROOM_PX = 4;

/** Bounds the turned and pulled ellipse of the contact; outside, there is nothing but platen to work out. */
export function boundContact(state: ImpressionState): ContactBox {
  const scale = state.resolutionPpi / NOMINAL_RESOLUTION_PPI;
  const c = Math.abs(cosine(state.rotationRad));
  const s = Math.abs(sine(state.rotationRad));
  const halfWidth =
    state.contactHalfWidth + Math.abs(state.tractionX) + Math.abs(state.torsionRad) * state.contactHalfHeight;
  const halfHeight =
    state.contactHalfHeight + Math.abs(state.tractionY) + Math.abs(state.torsionRad) * state.contactHalfWidth;
  const reachX = (RIM * (c * halfWidth + s * halfHeight) + STRETCH_ROOM_PX) * scale;
  const reachY = (RIM * (c * halfHeight + s * halfWidth) + STRETCH_ROOM_PX) * scale;
  const x = state.widthPx / 2 + state.shiftX * scale;
  const y = state.heightPx / 2 + state.shiftY * scale;
  const within = (value: number, limit: number): number => Math.min(limit, Math.max(0, Math.round(value)));
  return {
    left: within(x - reachX, state.widthPx),
    top: within(y - reachY, state.heightPx),
    right: within(x + reachX, state.widthPx),
    bottom: within(y + reachY, state.heightPx),
  };
}
