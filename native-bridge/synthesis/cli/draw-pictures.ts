import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GreyImage } from '../../image/grey-image.ts';
import { writePng } from '../../image/write-png.ts';
import { createFinger } from '../create-finger.ts';
import type { FingerClass } from '../finger-class.ts';
import { createOutline } from '../finger-outline.ts';
import { growRidges } from '../grow-ridges.ts';
import { createOrientationField } from '../orientation-field.ts';
import { MASTER_COLUMNS, MASTER_ROWS, PIXELS_PER_CELL } from '../parameters.ts';
import { createPeriodField } from '../period-field.ts';
import { sampleRidges } from '../sample-ridges.ts';
import { SeededRandom } from '../seeded-random.ts';
import { placeSingularities } from '../singularities.ts';
import { takeImpression } from '../take-impression.ts';

/** Draws the pictures of docs/synthesis.md into docs/synthesis; the same bytes every time. */

const FOLDER = path.resolve('docs/synthesis');
const CLASSES: readonly FingerClass[] = ['arch', 'tented-arch', 'left-loop', 'right-loop', 'whorl'];

function sideBySide(images: readonly GreyImage[]): GreyImage {
  const widthPx = images.reduce((sum, image) => sum + image.widthPx, 0);
  const heightPx = Math.max(...images.map((image) => image.heightPx));
  const pixels = new Uint8Array(widthPx * heightPx).fill(255);
  let left = 0;
  for (const image of images) {
    for (let y = 0; y < image.heightPx; y++) {
      pixels.set(image.pixels.subarray(y * image.widthPx, (y + 1) * image.widthPx), y * widthPx + left);
    }
    left += image.widthPx;
  }
  return { widthPx, heightPx, resolutionPpi: images[0].resolutionPpi, pixels };
}

/** A growing master as a picture: grey where nothing has grown yet. */
function pictureOfRidges(ridges: Int16Array): GreyImage {
  const widthPx = MASTER_COLUMNS * PIXELS_PER_CELL;
  const heightPx = MASTER_ROWS * PIXELS_PER_CELL;
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const x = (i % widthPx) - widthPx / 2;
    const y = Math.floor(i / widthPx) - heightPx / 2;
    return Math.min(255, Math.max(0, 128 - 120 * sampleRidges(ridges, x, y)));
  });
  return { widthPx, heightPx, resolutionPpi: 500, pixels };
}

function growth(seed: string): GreyImage {
  const singularities = placeSingularities(new SeededRandom(seed, 'poles'), 'left-loop');
  const plan = {
    outline: createOutline(new SeededRandom(seed, 'outline')),
    orientations: createOrientationField(new SeededRandom(seed, 'orientation'), 'left-loop', singularities),
    periods: createPeriodField(new SeededRandom(seed, 'period'), singularities),
  };
  const stages = [0, 4, 8, 18].map((steps) => growRidges(new SeededRandom(seed, 'ridges'), plan, steps));
  const spots = stages[0].slice();
  // A spot of one cell would hardly show.
  for (const step of [1, -1, MASTER_COLUMNS, -MASTER_COLUMNS]) {
    spots.forEach((cell, i) => {
      if (cell !== 0) stages[0][i + step] = cell;
    });
  }
  return sideBySide(stages.map(pictureOfRidges));
}

const size = { widthPx: 270, heightPx: 380 };
const pictures: Readonly<Record<string, GreyImage>> = {
  classes: sideBySide(
    CLASSES.map((fingerClass) =>
      takeImpression(createFinger(`the ${fingerClass}`, { fingerClass }), 1, { ...size, hardship: 0 }),
    ),
  ),
  growth: growth('growth'),
  impressions: sideBySide(
    [1, 2, 3, 4].map((n) => takeImpression(createFinger('impressions'), n, { ...size, widthPx: 320, heightPx: 420 })),
  ),
  hardship: sideBySide(
    [0, 0.5, 1].map((hardship) =>
      takeImpression(createFinger('hardship'), 3, { widthPx: 340, heightPx: 440, hardship }),
    ),
  ),
};

await mkdir(FOLDER, { recursive: true });
for (const [name, image] of Object.entries(pictures)) {
  await writeFile(path.join(FOLDER, `${name}.png`), writePng(image));
  console.log(`docs/synthesis/${name}.png`);
}
