import type { GreyImage } from '../../image/grey-image.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { MAXIMUM_MAP_CELLS, MAXIMUM_TEMPLATE_MINUTIAE, PHASE_FILTER, SKELETON_FILTER } from '../parameters.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import { refusalOf } from './admission.ts';
import { cropMask, windowAround } from './block-window.ts';
import { enhance, planTiles, TapStore } from './enhance.ts';
import type { Extraction, ExtractionObserver, Extractor } from './extractor.ts';
import { minutiaeOf } from './candidate.ts';
import { createGaborBank } from './gabor-bank.ts';
import { mergeMinutiae } from './merge-minutiae.ts';
import { nominalPlane } from './nominal-plane.ts';
import { normalisedPlane } from './normalise.ts';
import { observeField, observeOrientation, observePlane } from './observe.ts';
import { orientationField } from './orientation.ts';
import { orientationMap } from './orientation-map.ts';
import { periodField } from './period.ts';
import { phaseMinutiae, phasePlane } from './phase-minutiae.ts';
import { ridgeMask, ridgeStrengths } from './ridge-strength.ts';
import { blockStatistics, segmentByContrast } from './segment.ts';
import { bearsRidges } from './ridge-verdict.ts';
import { skeletonMinutiae, skeletonOf } from './skeleton-minutiae.ts';
import { templateQuality } from './template-quality.ts';
import { WorkingArea } from './working-area.ts';

/** Least finger area, blocks of 8 px: about a third of a square centimetre. */
const LEAST_FINGER_BLOCKS = 130;
/** Fewest minutiae that say anything about whose finger it is. */
const LEAST_MINUTIAE = 4;

export type { Extraction, ExtractionObserver, Extractor } from './extractor.ts';

/**
 * Makes an extractor with memory of its own (32 MiB): make one a thread and keep it. `kernels` is for tests that want
 * the TypeScript ones.
 */
export function createExtractor(kernels: Kernels = loadKernels()): Extractor {
  const area = new WorkingArea(kernels, kernels.floor);
  const phaseTaps = new TapStore(createGaborBank(PHASE_FILTER));
  const skeletonTaps = new TapStore(createGaborBank(SKELETON_FILTER));

  function run(image: GreyImage, observer: ExtractionObserver): Extraction {
    const refusal = refusalOf(image);
    if (refusal !== undefined) return { kind: 'unusable', reason: refusal };
    const source = nominalPlane(image, area);
    observePlane(observer, 'nominal-resolution', source, area.views.u8);

    // Where is the finger? First by contrast alone; what is kept is the window around it.
    const statistics = blockStatistics(source, area);
    const contrasting = segmentByContrast(statistics);
    if (!contrasting.includes(1)) return { kind: 'unusable', reason: 'blank' };
    const window = windowAround(contrasting, statistics.columns, statistics.rows);
    if (Math.ceil(window.columns / 2) * Math.ceil(window.rows / 2) > MAXIMUM_MAP_CELLS)
      return { kind: 'unusable', reason: 'image-too-large' };
    const mask = cropMask(contrasting, statistics.columns, window);

    // How do the ridges run, and how far apart are they?
    const normal = normalisedPlane(source, statistics, window, area);
    observePlane(observer, 'normalised', normal, area.views.i16);
    const field = orientationField(normal, mask, area);
    observeOrientation(observer, field);
    const periods = periodField(normal, mask, field, area);
    observeField(observer, 'period', periods.columns, 16, periods.rows, periods.periods);

    const plan = planTiles(normal, mask, field, periods);

    // The ridges' wave, and where it is strong enough to be one.
    const wide = enhance(normal, plan, phaseTaps, area);
    observePlane(observer, 'enhanced', wide.even, area.views.i16);
    const strengths = ridgeStrengths(wide, area);
    const finger = ridgeMask(strengths, mask, field.columns, field.rows);
    observeField(observer, 'segmented', field.columns, 8, field.rows, finger);
    const fingerBlocks = finger.reduce((sum, block) => sum + block, 0);
    if (fingerBlocks === 0) return { kind: 'unusable', reason: 'no-ridges' };
    if (fingerBlocks < LEAST_FINGER_BLOCKS) return { kind: 'unusable', reason: 'too-small-an-area' };
    if (!bearsRidges(finger, strengths, field.coherences, periods.clarities))
      return { kind: 'unusable', reason: 'no-ridges' };

    // Two detectors: dislocations of the wave's phase, and the thinned lines of a narrower filter.
    const byPhase = phaseMinutiae(wide, phasePlane(wide, area), field, area);
    const narrow = enhance(normal, plan, skeletonTaps, area);
    const skeleton = skeletonOf(narrow.even, area);
    observer.onStage?.('skeleton', { columns: skeleton.words, rows: skeleton.rows, stepPx: 1, values: skeleton.bits });
    const bySkeleton = skeletonMinutiae(skeleton, narrow.even, finger, field);
    const merged = mergeMinutiae(byPhase, bySkeleton, finger, field, strengths).slice(0, MAXIMUM_TEMPLATE_MINUTIAE);
    observer.onMinutiae?.('phase', minutiaeOf(byPhase, window));
    observer.onMinutiae?.('skeleton', minutiaeOf(bySkeleton, window));
    const minutiae = minutiaeOf(merged, window);
    observer.onMinutiae?.('merged', minutiae);
    if (minutiae.length < LEAST_MINUTIAE) return { kind: 'unusable', reason: 'too-few-minutiae' };

    const quality = templateQuality(fingerBlocks, merged);
    const orientation = orientationMap(field, finger, window);
    const template = encodeTemplate({ widthPx: source.columns, heightPx: source.rows, quality, minutiae, orientation });
    orientation.cells.fill(0);
    return { kind: 'extracted', template, minutiae: minutiae.length, quality };
  }

  return {
    extract: (image, observer = {}) => {
      try {
        return run(image, observer);
      } finally {
        area.reset();
      }
    },
    clear: () => area.reset(),
  };
}
