import type { FingerTemplate, Minutia } from '../../../../native-bridge/matcher/template/minutia.ts';
import { encodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';

/** xorshift32 as numbers from 0 to 1. */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const [CENTRE_PX, RADIUS_PX] = [384, 150];

/** The flow of an arch-like finger around (384, 384): bent, and different for each seed. */
function flowAt(x: number, y: number, bend: number): number {
  return Math.atan2((x - CENTRE_PX) * bend, 220 + (y - CENTRE_PX));
}

/** A made-up finger: minutiae on a disc of 300 px that follow a flow. No one's finger, and nothing of an image. */
export function syntheticFinger(seed: number, count = 40): Minutia[] {
  const random = randomNumbers(seed);
  const bend = 0.5 + random();
  const minutiae: Minutia[] = [];
  while (minutiae.length < count) {
    const [x, y] = [CENTRE_PX + (random() * 2 - 1) * RADIUS_PX, CENTRE_PX + (random() * 2 - 1) * RADIUS_PX];
    if (
      Math.hypot(x - CENTRE_PX, y - CENTRE_PX) > RADIUS_PX ||
      minutiae.some((other) => Math.hypot(other.xPx - x, other.yPx - y) < 12)
    )
      continue;
    const turn = random() < 0.5 ? 0 : Math.PI;
    minutiae.push({
      xPx: x,
      yPx: y,
      angleRad: (flowAt(x, y, bend) + turn + 2 * Math.PI) % (2 * Math.PI),
      kind: 'ending',
      quality: 0.6,
    });
  }
  return minutiae;
}

/** The finger turned about its middle and moved, as a template; `seed` must be that of `syntheticFinger`. */
export function placedTemplate(
  seed: number,
  minutiae: readonly Minutia[],
  turnRad: number,
  dx: number,
  dy: number,
): Uint8Array {
  const bend = 0.5 + randomNumbers(seed)();
  const [cosine, sine] = [Math.cos(turnRad), Math.sin(turnRad)];
  const carry = (x: number, y: number): readonly [number, number] => [
    CENTRE_PX + cosine * (x - CENTRE_PX) - sine * (y - CENTRE_PX) + dx,
    CENTRE_PX + sine * (x - CENTRE_PX) + cosine * (y - CENTRE_PX) + dy,
  ];
  const cells = new Uint8Array(48 * 48);
  for (let row = 0; row < 48; row += 1) {
    for (let column = 0; column < 48; column += 1) {
      const [px, py] = [column * 16 + 8 - dx - CENTRE_PX, row * 16 + 8 - dy - CENTRE_PX];
      const [x, y] = [CENTRE_PX + cosine * px + sine * py, CENTRE_PX - sine * px + cosine * py];
      if (Math.hypot(x - CENTRE_PX, y - CENTRE_PX) > RADIUS_PX + 12) continue;
      const angle = (((flowAt(x, y, bend) + turnRad) % Math.PI) + Math.PI) % Math.PI;
      cells[row * 48 + column] = 1 + (Math.round((angle / Math.PI) * 254) % 254);
    }
  }
  const finger: FingerTemplate = {
    widthPx: 768,
    heightPx: 768,
    quality: 70,
    minutiae: minutiae.map((minutia) => {
      const [xPx, yPx] = carry(minutia.xPx, minutia.yPx);
      return { ...minutia, xPx, yPx, angleRad: (minutia.angleRad + turnRad + 4 * Math.PI) % (2 * Math.PI) };
    }),
    orientation: { leftCell: 0, topCell: 0, columns: 48, rows: 48, cells },
  };
  return encodeTemplate(finger);
}
