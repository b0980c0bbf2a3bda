import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MatcherFault } from '../../../../native-bridge/matcher/matcher-fault.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../../../native-bridge/matcher/parameters.ts';
import type { FingerTemplate } from '../../../../native-bridge/matcher/template/minutia.ts';
import { decodeTemplate, encodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';

const minutia = fc.record({
  xPx: fc.integer({ min: 0, max: 65_535 }).map((steps) => steps / 4),
  yPx: fc.integer({ min: 0, max: 65_535 }).map((steps) => steps / 4),
  angleRad: fc.integer({ min: 0, max: 255 }).map((step) => (step / 256) * 2 * Math.PI),
  kind: fc.constantFrom('ending' as const, 'bifurcation' as const, 'unsettled' as const),
  quality: fc.integer({ min: 0, max: 63 }).map((step) => step / 63),
});

const fingers: fc.Arbitrary<FingerTemplate> = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 16_383 }),
    heightPx: fc.integer({ min: 1, max: 16_383 }),
    quality: fc.integer({ min: 0, max: 100 }),
    minutiae: fc.array(minutia, { maxLength: 128 }),
    leftCell: fc.integer({ min: 0, max: 255 }),
    topCell: fc.integer({ min: 0, max: 255 }),
    columns: fc.integer({ min: 0, max: 40 }),
    rows: fc.integer({ min: 0, max: 40 }),
    seed: fc.integer({ min: 0, max: 254 }),
  })
  .map(({ widthPx, heightPx, quality, minutiae, leftCell, topCell, columns, rows, seed }) => ({
    widthPx,
    heightPx,
    quality,
    minutiae,
    orientation: {
      leftCell,
      topCell,
      columns,
      rows,
      cells: Uint8Array.from({ length: columns * rows }, (_, at) => (seed + at * 7) % 255),
    },
  }));

function faultOf(bytes: Uint8Array): string | undefined {
  try {
    decodeTemplate(bytes);
    return undefined;
  } catch (fault) {
    if (fault instanceof MatcherFault) return fault.code;
    throw fault;
  }
}

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(fingers, (finger) => {
      const bytes = encodeTemplate(finger);
      expect(bytes.length).toBeLessThanOrEqual(MAXIMUM_TEMPLATE_BYTES);
      expect(decodeTemplate(bytes)).toEqual(finger);
    }),
    { numRuns: 100 },
  );
});

test('one ending at (100.25, 50) in a map of one cell has the bytes that the documentation shows', () => {
  const bytes = encodeTemplate({
    widthPx: 300,
    heightPx: 400,
    quality: 80,
    minutiae: [{ xPx: 100.25, yPx: 50, angleRad: Math.PI / 2, kind: 'ending', quality: 1 }],
    orientation: { leftCell: 6, topCell: 3, columns: 1, rows: 1, cells: Uint8Array.of(128) },
  });
  expect(Buffer.from(bytes).toString('hex')).toBe('525754012c01900150010603010100009101c800407f80');
});

test('a template that ends early, is longer, of another version or of another kind is refused with its code', () => {
  const bytes = encodeTemplate({
    widthPx: 300,
    heightPx: 400,
    quality: 80,
    minutiae: [{ xPx: 1, yPx: 2, angleRad: 0, kind: 'ending', quality: 1 }],
    orientation: { leftCell: 0, topCell: 0, columns: 2, rows: 1, cells: Uint8Array.of(0, 9) },
  });
  for (let length = 0; length < bytes.length; length += 1)
    expect(faultOf(bytes.subarray(0, length))).toBe('template.truncated');
  expect(faultOf(Uint8Array.of(...bytes, 0))).toBe('template.malformed');
  expect(faultOf(new Uint8Array(MAXIMUM_TEMPLATE_BYTES + 1).fill(1))).toBe('template.not-a-template');
  expect(faultOf(Uint8Array.from({ length: MAXIMUM_TEMPLATE_BYTES + 1 }, (_, at) => bytes[at] ?? 0))).toBe(
    'template.too-large',
  );
  expect(faultOf(bytes.with(3, 2))).toBe('template.version');
  expect(faultOf(bytes.with(bytes.length - 1, 255))).toBe('template.malformed');
  expect(faultOf(bytes.with(21, 0xff))).toBe('template.malformed');
});

test('2,000 random changes to templates are read or refused with a code, never anything else', () => {
  fc.assert(
    fc.property(
      fingers,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      (finger, changes, cut) => {
        const bytes = encodeTemplate(finger);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const code = faultOf(bytes.subarray(0, cut % 4 === 0 ? cut % bytes.length : bytes.length));
        expect(code === undefined || code.startsWith('template.')).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a map too large for the format is refused before anything is written', () => {
  const cells = new Uint8Array(256 * 13);
  const orientation = { leftCell: 0, topCell: 0, columns: 256, rows: 13, cells };
  expect(() => encodeTemplate({ widthPx: 1, heightPx: 1, quality: 0, minutiae: [], orientation })).toThrow(
    MatcherFault,
  );
});
