import type { GreyImage } from '../../image/grey-image.ts';
import type { UnusableReason } from '../../image/unusable-reason.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { MAP_CELL_PX, MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { Minutia, OrientationMap } from '../template/minutia.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import { enhance } from './enhance.ts';
import type { Extraction, ExtractionObserver, Extractor } from './extractor.ts';
import { createGaborBank } from './gabor-bank.ts';
import { mergeMinutiae } from './merge-minutiae.ts';
import { nominalPlane, resolutionScale } from './nominal-plane.ts';
import { normalisedPlane, type BlockWindow } from './normalise.ts';
import { orientationAt, orientationField, type OrientationField } from './orientation.ts';
import { periodField } from './period.ts';
import { phaseMinutiae, phasePlane } from './phase-minutiae.ts';
import { blockStatistics, segmentByContrast } from './segment.ts';
import { WorkingArea } from './working-area.ts';

/** Sides of an image that can hold one finger, pixels at 500 ppi. */
const LEAST_SIDE_PX = 64;
const LARGEST_SIDE_PX = 1280;
/** Resolutions that are accepted, pixels per inch. Below, ridges cannot be told apart. */
const LEAST_RESOLUTION_PPI = 250;
const LARGEST_RESOLUTION_PPI = 1270;
/** Least finger area, blocks of 8 px: about 0.3 cm². */
const LEAST_FOREGROUND_BLOCKS = 160;
const LEAST_MINUTIAE = 4;

function refuse(image: GreyImage): UnusableReason | undefined {
  if (!(image.resolutionPpi >= LEAST_RESOLUTION_PPI && image.resolutionPpi <= LARGEST_RESOLUTION_PPI)) {
    return 'resolution-out-of-range';
  }
  const scale = resolutionScale(image);
  if (Math.min(image.widthPx, image.heightPx) / scale < LEAST_SIDE_PX) return 'image-too-small';
  if (Math.max(image.widthPx, image.heightPx) / scale > LARGEST_SIDE_PX) return 'image-too-large';
  return undefined;
}

/** The blocks around the foreground, two more on each side, an even number of columns. */
function windowOf(mask: Uint8Array, columns: number, rows: number): BlockWindow {
  let [left, right, top, bottom] = [columns, -1, rows, -1];
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] === 0) continue;
    const column = at % columns;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, Math.floor(at / columns));
    bottom = Math.floor(at / columns);
  }
  left = Math.max(0, left - 2) & ~1;
  top = Math.max(0, top - 2) & ~1;
  return { left, top, columns: Math.min(columns, right + 3) - left, rows: Math.min(rows, bottom + 3) - top };
}

function cropMask(mask: Uint8Array, columns: number, window: BlockWindow): Uint8Array {
  const cropped = new Uint8Array(window.columns * window.rows);
  for (let row = 0; row < window.rows; row += 1) {
    const from = (window.top + row) * columns + window.left;
    cropped.set(mask.subarray(from, from + window.columns), row * window.columns);
  }
  return cropped;
}

function orientationMap(field: OrientationField, mask: Uint8Array, window: BlockWindow): OrientationMap {
  const columns = Math.ceil(window.columns / 2);
  const rows = Math.ceil(window.rows / 2);
  const cells = new Uint8Array(columns * rows);
  for (let at = 0; at < cells.length; at += 1) {
    const column = at % columns;
    const row = Math.floor(at / columns);
    const block = row * 2 * field.columns + column * 2;
    if (mask[block] === 0) continue;
    const angle = orientationAt(field, column * MAP_CELL_PX + 8, row * MAP_CELL_PX + 8);
    cells[at] = 1 + (Math.round((angle / Math.PI) * 254) % 254);
  }
  return { leftCell: window.left / 2, topCell: window.top / 2, columns, rows, cells };
}

/** Makes an extractor with memory of its own. Building the filters takes some 20 ms: make one a thread and keep it. */
export function createExtractor(): Extractor {
  const kernels = loadKernels();
  const area = new WorkingArea(kernels, kernels.floor);
  const bank = createGaborBank();

  function run(image: GreyImage, _observer?: ExtractionObserver): Extraction {
    const refusal = refuse(image);
    if (refusal !== undefined) return { kind: 'unusable', reason: refusal };
    const source = nominalPlane(image, area);
    const statistics = blockStatistics(source, area);
    const wholeMask = segmentByContrast(statistics);
    const foreground = wholeMask.reduce((sum, block) => sum + block, 0);
    if (foreground === 0) return { kind: 'unusable', reason: 'blank' };
    if (foreground < LEAST_FOREGROUND_BLOCKS) return { kind: 'unusable', reason: 'too-small-an-area' };
    const window = windowOf(wholeMask, statistics.columns, statistics.rows);
    const mask = cropMask(wholeMask, statistics.columns, window);
    const normal = normalisedPlane(source, statistics, window, area);
    const field = orientationField(normal, mask, area);
    const periods = periodField(normal, mask, field, area);
    const planes = enhance(normal, mask, field, periods, bank, area);
    const phases = phasePlane(planes, area);
    const candidates = phaseMinutiae(planes, phases, field, area);
    const merged = mergeMinutiae(candidates, mask, field);
    const minutiae = merged.slice(0, MAXIMUM_TEMPLATE_MINUTIAE).map((candidate): Minutia => ({
      xPx: candidate.xPx + window.left * 8,
      yPx: candidate.yPx + window.top * 8,
      angleRad: candidate.angleRad,
      kind: candidate.endingness > 0.3 ? 'ending' : candidate.endingness < -0.3 ? 'bifurcation' : 'unsettled',
      quality: candidate.quality,
    }));
    if (minutiae.length < LEAST_MINUTIAE) return { kind: 'unusable', reason: 'too-few-minutiae' };
    const quality = 50;
    const template = encodeTemplate({
      widthPx: source.columns,
      heightPx: source.rows,
      quality,
      minutiae,
      orientation: orientationMap(field, mask, window),
    });
    return { kind: 'extracted', template, minutiae: minutiae.length, quality };
  }

  return {
    extract: (image, observer) => {
      try {
        return run(image, observer);
      } finally {
        area.reset();
      }
    },
    clear: () => area.reset(),
  };
}
