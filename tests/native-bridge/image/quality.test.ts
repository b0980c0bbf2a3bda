import { expect, test } from 'vitest';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { assessQuality } from '../../../native-bridge/image/quality.ts';

/** A disc of concentric ridges, `darkShare` of each period dark, in a plate of 400 × 400 px. */
function disc(options: {
  readonly radiusPx?: number;
  readonly x?: number;
  readonly darkShare?: number;
  readonly blur?: number;
}): GreyImage {
  const { radiusPx = 170, x: centreX = 200, darkShare = 0.45, blur = 0 } = options;
  const pixels = new Uint8Array(160_000).fill(240);
  let state = 1;
  for (let y = 0; y < 400; y += 1) {
    for (let x = 0; x < 400; x += 1) {
      const distance = Math.hypot(x - centreX, y - 200);
      if (distance > radiusPx) continue;
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const ridge = (distance / 9) % 1 < darkShare ? 30 : 220;
      pixels[y * 400 + x] = ridge * (1 - blur) + (state >>> 24) * blur;
    }
  }
  return { widthPx: 400, heightPx: 400, resolutionPpi: 500, pixels };
}

test('a whole, clear, centred print has a high quality and nothing to complain of', () => {
  const { quality, reasons, coverageShare } = assessQuality(disc({}));
  expect(quality).toBeGreaterThan(80);
  expect(reasons).toEqual([]);
  expect(coverageShare).toBeGreaterThan(0.45);
  expect(coverageShare).toBeLessThan(0.7);
});

test('an empty plate is blank and has quality 0', () => {
  const image = { widthPx: 400, heightPx: 400, resolutionPpi: 500, pixels: new Uint8Array(160_000).fill(250) };
  expect(assessQuality(image)).toEqual({ quality: 0, reasons: ['blank'], coverageShare: 0 });
});

test('the smallest image is blank rather than a fault', () => {
  expect(assessQuality({ widthPx: 1, heightPx: 1, resolutionPpi: 500, pixels: new Uint8Array(1) }).reasons).toEqual([
    'blank',
  ]);
});

test.each([
  ['too-small-an-area', disc({ radiusPx: 85 })],
  ['off-centre', disc({ radiusPx: 130, x: 380 })],
  ['too-wet', disc({ darkShare: 0.8 })],
  ['too-dry', disc({ darkShare: 0.1 })],
  ['smudged', disc({ blur: 0.85 })],
] as const)('a print that is %s is said to be so, and is worse than a good one', (reason, image) => {
  const { quality, reasons } = assessQuality(image);
  expect(reasons).toContain(reason);
  expect(quality).toBeLessThan(assessQuality(disc({})).quality);
});
