/** A number as WSQ sends it: an unsigned integer and how many decimal places it has. */
export interface ScaledDecimal {
  readonly digits: number;
  readonly places: number;
}

/**
 * The value of a scaled decimal in single precision, divided by ten once for each place: the rounding that the
 * reference decoder does, on which identical pixels depend (measured on its published output).
 */
export function fromScaledDecimal({ digits, places }: ScaledDecimal): number {
  let value = Math.fround(digits);
  for (let place = 0; place < places; place += 1) value = Math.fround(value / 10);
  return value;
}

/**
 * The most precise scaled decimal below `limit` for a value of 0 or more; a value of `limit` or more is cut to it. The
 * value is multiplied by ten in single precision once more than it has places, and divided again, which gives the last
 * digit that the reference encoder writes (measured).
 */
export function toScaledDecimal(value: number, limit: number): ScaledDecimal {
  if (!(value > 0)) return { digits: 0, places: 0 };
  if (value >= limit) return { digits: limit, places: 0 };
  let tenfold = Math.fround(Math.fround(value) * 10);
  let places = 0;
  while (places < MAX_PLACES && tenfold < limit) {
    tenfold = Math.fround(tenfold * 10);
    places += 1;
  }
  return { digits: Math.min(Math.round(tenfold / 10), limit), places };
}

/** Places beyond this add nothing to single precision. */
const MAX_PLACES = 30;
