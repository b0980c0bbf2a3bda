import { expect, test } from 'vitest';
import type { GreyImage } from '../../../../native-bridge/image/grey-image.ts';
import { createComparer } from '../../../../native-bridge/matcher/compare/comparer.ts';
import { createExtractor, type Extraction } from '../../../../native-bridge/matcher/extract/extract-template.ts';
import { createReferenceKernels } from '../../../../native-bridge/matcher/kernels/reference/reference-kernels.ts';
import { decodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';
import { createFinger } from '../../../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../../../native-bridge/synthesis/take-impression.ts';

const extractor = createExtractor();
const comparer = createComparer();
const FINGERS = [11, 12, 13, 14];
const impressions = FINGERS.map((seed) => {
  const finger = createFinger(seed);
  return [1, 2].map((impression) => takeImpression(finger, impression));
});

function templateOf(extraction: Extraction): Uint8Array {
  if (extraction.kind !== 'extracted') throw new Error(extraction.reason);
  return extraction.template;
}

/** The image turned by a quarter and seen at another resolution, by nearest pixels. */
function turnedAndScaled(image: GreyImage, resolutionPpi: number): GreyImage {
  const scale = resolutionPpi / image.resolutionPpi;
  const [widthPx, heightPx] = [Math.floor(image.heightPx * scale), Math.floor(image.widthPx * scale)];
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const fromX = Math.min(image.widthPx - 1, Math.floor(y / scale));
      const fromY = image.heightPx - 1 - Math.min(image.heightPx - 1, Math.floor(x / scale));
      pixels[y * widthPx + x] = image.pixels[fromY * image.widthPx + fromX];
    }
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

test('two impressions of a synthetic finger score above those of any other finger', () => {
  const prepared = impressions.map((pair) =>
    pair.map((image) => comparer.prepare(templateOf(extractor.extract(image)))),
  );
  const genuine = prepared.map(([first, second]) => comparer.compare(first, second));
  const impostor = prepared.flatMap(([first], index) =>
    prepared.filter((_, other) => other !== index).map(([, second]) => comparer.compare(first, second)),
  );
  expect(Math.min(...genuine)).toBeGreaterThan(Math.max(...impostor));
  expect(Math.min(...genuine)).toBeGreaterThan(3);
});

test('an image at 1,000 ppi, turned by a quarter, is the same finger', () => {
  const [image] = impressions[0];
  const upright = comparer.prepare(templateOf(extractor.extract(image)));
  const turned = comparer.prepare(templateOf(extractor.extract(turnedAndScaled(image, 1000))));
  expect(comparer.compare(upright, turned)).toBeGreaterThan(4);
});

test('the TypeScript kernels give the same template as WebAssembly, byte for byte', () => {
  const slow = createExtractor(createReferenceKernels(32 * 1024 * 1024));
  const [image] = impressions[1];
  expect(Buffer.compare(templateOf(slow.extract(image)), templateOf(extractor.extract(image)))).toBe(0);
});

test('an image does not depend on the one before it', () => {
  const [first, second] = impressions[2];
  const alone = templateOf(createExtractor().extract(second));
  extractor.extract(first);
  expect(Buffer.compare(templateOf(extractor.extract(second)), alone)).toBe(0);
});

test('after an extraction nothing of it is left in the memory of the kernels', () => {
  const kernels = createReferenceKernels(32 * 1024 * 1024);
  const own = createExtractor(kernels);
  own.extract(impressions[3][0]);
  expect(new Uint8Array(kernels.memory).every((byte) => byte === 0)).toBe(true);
});

test('the observer sees every stage in order, and the merged minutiae are those of the template', () => {
  const stages: string[] = [];
  const sources = new Map<string, number>();
  const template = templateOf(
    extractor.extract(impressions[0][0], {
      onStage: (stage, plane) => {
        stages.push(stage);
        expect(plane.values.length).toBe(plane.columns * plane.rows);
      },
      onMinutiae: (source, minutiae) => sources.set(source, minutiae.length),
    }),
  );
  expect(stages).toEqual([
    'nominal-resolution',
    'normalised',
    'orientation',
    'period',
    'enhanced',
    'segmented',
    'skeleton',
  ]);
  expect(sources.get('merged')).toBe(decodeTemplate(template).minutiae.length);
  expect([...sources.keys()].toSorted()).toEqual(['merged', 'phase', 'skeleton']);
});
