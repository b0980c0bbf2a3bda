/**
 * Sine, cosine, arctangent and exponential made of addition, multiplication, division and square root alone. Those four
 * give the same bits on every engine (IEEE 754); the functions of `Math` need not (ECMA-262, "Function Properties of the
 * Math Object"), and a fingerprint must be the same bytes everywhere. Errors are below 1e-7, which no pixel shows.
 */

const HALF_PI = 1.5707963267948966;
export const PI = 3.141592653589793;
export const TWO_PI = 6.283185307179586;

/** Sine of an angle in radians, to 1e-7. Taylor series of degree 11 on a quarter turn. */
export function sine(angleRad: number): number {
  const turns = Math.round(angleRad / PI);
  const rest = angleRad - turns * PI;
  const square = rest * rest;
  const series =
    1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - (square / 72) * (1 - square / 110))));
  return turns % 2 === 0 ? rest * series : -rest * series;
}

/** Cosine of an angle in radians, to 1e-7. */
export function cosine(angleRad: number): number {
  return sine(angleRad + HALF_PI);
}

/** Angle of the vector (x, y) in radians, in (−π, π], to 1e-6; 0 for the null vector. */
export function arcTangent2(y: number, x: number): number {
  const ax = x < 0 ? -x : x;
  const ay = y < 0 ? -y : y;
  if (ax === 0 && ay === 0) return 0;
  const isSteep = ay > ax;
  let ratio = isSteep ? ax / ay : ay / ax;
  // One halving of the angle brings the ratio below tan 22.5°, where the series is short.
  ratio = ratio / (1 + Math.sqrt(1 + ratio * ratio));
  const s = ratio * ratio;
  const half = ratio * (1 - s * (1 / 3 - s * (1 / 5 - s * (1 / 7 - s * (1 / 9 - s * (1 / 11 - s / 13))))));
  let angle = isSteep ? HALF_PI - 2 * half : 2 * half;
  if (x < 0) angle = PI - angle;
  return y < 0 ? -angle : angle;
}

/** e to the power of a number between −700 and 700, to a relative 1e-12. */
export function exponential(power: number): number {
  const LN2 = 0.6931471805599453;
  const doublings = Math.round(power / LN2);
  const rest = power - doublings * LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 12; n++) {
    term *= rest / n;
    sum += term;
  }
  let scale = 1;
  for (let n = Math.abs(doublings), base = doublings < 0 ? 0.5 : 2; n > 0; n >>= 1, base *= base)
    if (n & 1) scale *= base;
  return sum * scale;
}

/** 0 below `from`, 1 above `to`, and a smooth cubic between. */
export function smoothStep(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
