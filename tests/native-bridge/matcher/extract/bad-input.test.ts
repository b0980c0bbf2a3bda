import { expect, test } from 'vitest';
import { createExtractor } from '../../../../native-bridge/matcher/extract/extract-template.ts';
import { MatcherFault } from '../../../../native-bridge/matcher/matcher-fault.ts';
import { BAD_IMAGES, BAD_SIZES } from './bad-images.ts';

const extractor = createExtractor();

/** Longest that a refusal may take, ms of processor time: the machine may be busy with other tests. */
const LONGEST_MS = 1000;

for (const [name, image] of Object.entries(BAD_IMAGES)) {
  test(`${name} is unusable, with a reason, within a second of work`, () => {
    const bad = image();
    const from = process.cpuUsage();
    const extraction = extractor.extract(bad);
    const { user, system } = process.cpuUsage(from);
    expect(extraction.kind).toBe('unusable');
    expect((user + system) / 1000).toBeLessThan(LONGEST_MS);
  });
}

for (const [name, { image, reason }] of Object.entries(BAD_SIZES)) {
  test(`${name} is unusable: ${reason}`, () => {
    expect(extractor.extract(image())).toEqual({ kind: 'unusable', reason });
  });
}

test('pixels that are fewer than the sides say are a fault, not a read out of bounds', () => {
  const image = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(100) };
  expect(() => extractor.extract(image)).toThrow(MatcherFault);
});
