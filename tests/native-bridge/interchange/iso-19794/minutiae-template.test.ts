import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ISO_ANGLE_UNIT_DEG } from '../../../../native-bridge/interchange/iso-19794/minutiae-bytes.ts';
import type { FingerView } from '../../../../native-bridge/interchange/iso-19794/minutiae-template.ts';
import {
  isMinutiaeTemplate,
  readMinutiaeTemplate,
} from '../../../../native-bridge/interchange/iso-19794/read-minutiae-template.ts';
import { writeMinutiaeTemplate } from '../../../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { expectFault, faultOf } from '../expect-fault.ts';

const FRAME = { widthPx: 400, heightPx: 560, xPixelsPerCm: 197, yPixelsPerCm: 197 };

function viewOf(parts: Partial<FingerView> = {}): FingerView {
  const minutia = { type: 'ending', xPx: 10, yPx: 20, angleUnits: 128, angleRad: Math.PI, quality: 60 } as const;
  const base = { fingerPosition: 2, viewNumber: 0, impressionCode: 0, quality: 80, ridgeCounts: [], extensions: [] };
  return { ...FRAME, ...base, minutiae: [minutia], ...parts };
}

function bytesOf(...views: readonly FingerView[]): Uint8Array {
  return writeMinutiaeTemplate({ deviceNumber: 7, complianceCode: 8, views });
}

/** The bytes of a good record with some replaced. */
function altered(offset: number, ...replacement: readonly number[]): Uint8Array {
  const bytes = bytesOf(viewOf());
  bytes.set(replacement, offset);
  return bytes;
}

test('what is written is read the same', () => {
  const minutia = fc
    .record({
      type: fc.constantFrom('other' as const, 'ending' as const, 'bifurcation' as const),
      xPx: fc.nat(0x3fff),
      yPx: fc.nat(0x3fff),
      angleUnits: fc.nat(255),
      quality: fc.nat(100),
    })
    .map((each) => ({ ...each, angleRad: (each.angleUnits * ISO_ANGLE_UNIT_DEG * Math.PI) / 180 }));
  const view = fc.record({
    widthPx: fc.constant(400),
    heightPx: fc.constant(560),
    xPixelsPerCm: fc.constant(197),
    yPixelsPerCm: fc.constant(197),
    fingerPosition: fc.nat(10),
    viewNumber: fc.nat(15),
    impressionCode: fc.nat(15),
    quality: fc.nat(100),
    minutiae: fc.array(minutia, { maxLength: 255 }),
    ridgeCounts: fc.array(fc.record({ from: fc.nat(255), to: fc.nat(255), ridges: fc.nat(255) }), { maxLength: 40 }),
    extensions: fc.array(
      fc.record({ type: fc.integer({ min: 2, max: 0xffff }), bytes: fc.uint8Array({ maxLength: 30 }) }),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(fc.array(view, { minLength: 1, maxLength: 4 }), (views) => {
      const template = readMinutiaeTemplate(bytesOf(...views));
      expect(template).toMatchObject({ format: 'iso-19794-2:2005', deviceNumber: 7, complianceCode: 8 });
      expect(template.views).toEqual(views);
    }),
    { numRuns: 60, seed: 9 },
  );
});

test('a record cut anywhere, or with a byte more, is refused', () => {
  const bytes = bytesOf(viewOf(), viewOf({ viewNumber: 1 }));
  for (let length = 0; length < bytes.length; length += 1) {
    expect(faultOf(() => readMinutiaeTemplate(bytes.subarray(0, length))).code).toMatch(/^fmr\.(truncated|length)$/);
  }
  expectFault(() => readMinutiaeTemplate(Uint8Array.of(...bytes, 0)), 'fmr.length');
});

describe('a record is refused when', () => {
  test.each([
    ['it is something else', altered(0, 0x46, 0x49, 0x52), 'fmr.magic'],
    ['its version is unknown', altered(4, 0x20, 0x39), 'fmr.version'],
    ['it states 4 GB', altered(8, 0xff, 0xff, 0xff, 0xff), 'fmr.length'],
    ['it has more views than fingers allow', altered(22, 255), 'fmr.too-many'],
    ['it has more views than bytes', altered(22, 9), 'fmr.truncated'],
    ['a finger position is beyond ten', altered(24, 11), 'fmr.value'],
    ['it has more minutiae than bytes', altered(27, 255), 'fmr.truncated'],
    ['a minutia is of the reserved type', altered(28, 0xc0), 'fmr.value'],
    ['extended data runs past the end', altered(34, 0xff, 0xff), 'fmr.truncated'],
  ] as const)('%s', (_, bytes, code) => {
    expectFault(() => readMinutiaeTemplate(bytes), code);
  });
});

describe('writing is refused when', () => {
  test.each([
    ['there is no view', [], 'fmr.value'],
    ['two views have different frames', [viewOf(), viewOf({ widthPx: 401 })], 'fmr.value'],
    [
      'a coordinate needs more than 14 bits',
      [viewOf({ minutiae: [{ ...viewOf().minutiae[0]!, xPx: 0x4000 }] })],
      'fmr.value',
    ],
    ['a finger position is beyond ten', [viewOf({ fingerPosition: 11 })], 'fmr.value'],
    [
      'there are more than 255 minutiae',
      [viewOf({ minutiae: Array.from({ length: 256 }, () => viewOf().minutiae[0]!) })],
      'fmr.too-many',
    ],
  ] as const)('%s', (_, views, code) => {
    expectFault(() => bytesOf(...views), code);
  });
});

test('extended data in more parts than the format can mean is refused', () => {
  const extensions = Array.from({ length: 65 }, () => ({ type: 900, bytes: new Uint8Array(0) }));
  expectFault(() => readMinutiaeTemplate(bytesOf(viewOf({ extensions }))), 'fmr.too-many');
});

test('a record of over a megabyte is refused unread', () => {
  expectFault(() => readMinutiaeTemplate(new Uint8Array(1024 * 1024 + 1)), 'interchange.too-large');
});

test('a quality beyond a hundred is read as none', () => {
  expect(readMinutiaeTemplate(altered(26, 255)).views[0]?.quality).toBeNull();
});

test('an angle just under a full turn is written as 0, not as 256', () => {
  const minutia = { ...viewOf().minutiae[0]!, angleRad: 2 * Math.PI - 1e-6 };
  expect(readMinutiaeTemplate(bytesOf(viewOf({ minutiae: [minutia] }))).views[0]?.minutiae[0]?.angleUnits).toBe(0);
});

test('only a record of minutiae is taken for one', () => {
  expect([
    isMinutiaeTemplate(bytesOf(viewOf())),
    isMinutiaeTemplate(new Uint8Array(9)),
    isMinutiaeTemplate(new Uint8Array(2)),
  ]).toEqual([true, false, false]);
});
