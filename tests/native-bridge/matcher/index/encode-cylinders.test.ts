import { describe, expect, test } from 'vitest';
import { clearCylinders, encodeCylinders } from '../../../../native-bridge/matcher/index/encode-cylinders.ts';
import {
  CODE_BYTES,
  CODE_ONES,
  MAXIMUM_INDEXED_CYLINDERS,
} from '../../../../native-bridge/matcher/index/parameters.ts';
import { encodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';
import { statisticalFinger } from '../../../support/matcher/statistical-finger.ts';

function ones(code: Uint8Array): number {
  return code.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

describe('cylinder codes', () => {
  test('come sorted by angle, one for each of the best minutiae, with at most the agreed number of ones', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const finger = statisticalFinger(seed);
      const cylinders = encodeCylinders(encodeTemplate(finger));
      expect(cylinders.count).toBe(Math.min(finger.minutiae.length, MAXIMUM_INDEXED_CYLINDERS));
      expect([...cylinders.angle]).toEqual([...cylinders.angle].toSorted((a, b) => a - b));
      for (let index = 0; index < cylinders.count; index += 1) {
        const count = ones(cylinders.codes.subarray(index * CODE_BYTES, (index + 1) * CODE_BYTES));
        expect(count).toBeLessThanOrEqual(CODE_ONES);
      }
    }
  });

  test('do not change when the finger is moved by whole pixels', () => {
    const finger = statisticalFinger(5);
    const minutiae = finger.minutiae.map((minutia) => ({ ...minutia, xPx: minutia.xPx + 37, yPx: minutia.yPx + 11 }));
    const [here, there] = [finger, { ...finger, minutiae }].map((one) => encodeCylinders(encodeTemplate(one)));
    expect(there.codes).toEqual(here.codes);
    expect(there.x).toEqual(here.x);
  });

  test('are all zero for a lone minutia, and none for a finger without any', () => {
    const finger = statisticalFinger(6);
    const lone = encodeCylinders(encodeTemplate({ ...finger, minutiae: finger.minutiae.slice(0, 1) }));
    expect([lone.count, ones(lone.codes)]).toEqual([1, 0]);
    expect(encodeCylinders(encodeTemplate({ ...finger, minutiae: [] })).count).toBe(0);
  });

  test('are gone after they were cleared', () => {
    const cylinders = encodeCylinders(encodeTemplate(statisticalFinger(7)));
    clearCylinders(cylinders);
    for (const array of [cylinders.codes, cylinders.x, cylinders.y, cylinders.angle]) {
      expect(array.every((value) => value === 0)).toBe(true);
    }
  });
});
