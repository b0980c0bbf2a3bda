import { CODE_BYTES } from './parameters.ts';

/** One minutia as the filter knows it. */
export interface FilterMinutia {
  readonly code: Uint8Array;
  readonly angle: number;
  readonly x: number;
  readonly y: number;
}

/** One probe minutia and the gallery minutia whose code is nearest to its own, as a movement of the finger. */
export interface FilterPair {
  readonly own: FilterMinutia;
  readonly other: FilterMinutia;
  readonly turn: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly weight: number;
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

/** Bits in which two codes differ. */
export function codeDistance(left: Uint8Array, right: Uint8Array): number {
  let bits = 0;
  for (let at = 0; at < CODE_BYTES; at += 1) bits += BITS[left[at] ^ right[at]];
  return bits;
}

/** A turn as −128 to 127 steps. */
export function signedTurn(steps: number): number {
  return (steps << 24) >> 24;
}
