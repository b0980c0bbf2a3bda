import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { createComparer } from '../../../native-bridge/matcher/compare/comparer.ts';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';
import { createFinger } from '../../../native-bridge/synthesis/create-finger.ts';
import { fingerOfPerson, fingerSeed } from '../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Share of a finger's area that is dark, a crude measure that a blank or a black image fails. */
function darkShare({ pixels }: GreyImage): number {
  return pixels.reduce((count, grey) => count + (grey < 128 ? 1 : 0), 0) / pixels.length;
}

test('the finger and the impression of a seed are these bytes on every machine', () => {
  const finger = createFinger('golden');
  const ridges = Buffer.from(finger.ridges.buffer);
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) ridges.swap16();
  const impression = takeImpression(finger, 1);
  expect([finger.fingerClass, hashOf(ridges), hashOf(impression.pixels)]).toEqual(GOLDEN);
});

/** Written by this generator when its parameters were last tuned; a change here changes every synthetic gallery. */
const GOLDEN = [
  'right-loop',
  '32fc57a32227566e3533d37ea7db9d6c81eeadbf57bafa81c8675dd22d7d8a3f',
  'da8b338414daee37227a5c32ebb6016edf9ac96d1435d6f1643b3287df7bc3aa',
];

test('a finger made again gives the same impression, and other seeds, people and fingers give others', () => {
  const image = takeImpression(fingerOfPerson(1, 1, 2), 1);
  expect(hashOf(takeImpression(fingerOfPerson(1, 1, 2), 1).pixels)).toBe(hashOf(image.pixels));
  const others = [
    takeImpression(fingerOfPerson(2, 1, 2), 1),
    takeImpression(fingerOfPerson(1, 2, 2), 1),
    takeImpression(fingerOfPerson(1, 1, 7), 1),
    takeImpression(fingerOfPerson(1, 1, 2), 2),
  ];
  expect(new Set([image, ...others].map(({ pixels }) => hashOf(pixels))).size).toBe(5);
});

test('the seeds of fingers are never the same for two people, positions or runs', () => {
  const seeds = [
    fingerSeed(1, 11, 1),
    fingerSeed(1, 1, 1),
    fingerSeed('1', 1, 1),
    fingerSeed(11, 1, 1),
    fingerSeed(1, 1, 10),
  ];
  expect(new Set(seeds).size).toBe(5);
});

test('an impression has the size and resolution of the scanner that is asked for', () => {
  const image = takeImpression(createFinger(3), 1, { widthPx: 296, heightPx: 560, resolutionPpi: 569 });
  expect([image.widthPx, image.heightPx, image.resolutionPpi, image.pixels.length]).toEqual([296, 560, 569, 165_760]);
  expect(darkShare(image)).toBeGreaterThan(0.08);
});

test('every class at every hardship gives a print that covers a natural part of the image', () => {
  for (const fingerClass of ['arch', 'tented-arch', 'left-loop', 'right-loop', 'whorl'] as const) {
    const finger = createFinger('cover', { fingerClass });
    for (const hardship of [0, 0.5, 1]) {
      const share = darkShare(takeImpression(finger, 1, { hardship }));
      expect(share, `${fingerClass} at ${hardship}`).toBeGreaterThan(0.05);
      expect(share, `${fingerClass} at ${hardship}`).toBeLessThan(0.4);
    }
  }
});

test('two impressions of one finger are more alike than any two of different fingers, over twelve fingers', () => {
  const extractor = createExtractor();
  const comparer = createComparer();
  const templates = Array.from({ length: 12 }, (_, person) => {
    const finger = fingerOfPerson('alike', person, 2);
    return [1, 2].map((impression) => {
      const extraction = extractor.extract(takeImpression(finger, impression, { hardship: 0.2 }));
      if (extraction.kind !== 'extracted') throw new Error(`finger ${person} cannot be enrolled: ${extraction.reason}`);
      return comparer.prepare(extraction.template);
    });
  });
  const genuine = templates.map(([first, second]) => comparer.compare(first, second));
  const impostor = templates.flatMap(([first], i) =>
    templates.filter((_, j) => j !== i).map(([, other]) => comparer.compare(first, other)),
  );
  expect(Math.min(...genuine)).toBeGreaterThan(Math.max(...impostor));
});

test('a full print has as many minutiae as a real one, 18 to 100', () => {
  const extractor = createExtractor();
  for (let person = 0; person < 8; person++) {
    const extraction = extractor.extract(takeImpression(fingerOfPerson('count', person, 2), 1, { hardship: 0 }));
    expect(extraction).toMatchObject({ kind: 'extracted' });
    if (extraction.kind !== 'extracted') continue;
    expect(extraction.minutiae).toBeGreaterThanOrEqual(18);
    expect(extraction.minutiae).toBeLessThanOrEqual(100);
  }
});
