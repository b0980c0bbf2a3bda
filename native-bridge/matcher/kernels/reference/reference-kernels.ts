import { kernelViews } from '../kernel-views.ts';
import type { Kernels } from '../kernels.ts';
import { binarise } from './binarise.ts';
import { blockMoments } from './block-moments.ts';
import { dislocations } from './dislocations.ts';
import { filterTiles } from './filter-tiles.ts';
import { gradientMoments } from './gradient-moments.ts';
import { normalise } from './normalise.ts';
import { phases } from './phases.ts';
import { soften } from './soften.ts';
import { thin } from './thin.ts';

/** The kernels in TypeScript over `bytes` (a multiple of 4) of memory of their own. */
export function createReferenceKernels(bytes: number): Kernels {
  const memory = new ArrayBuffer(bytes);
  const views = kernelViews(memory);
  return {
    implementation: 'typescript',
    memory,
    floor: 64,
    blockMoments: (...where) => blockMoments(views, ...where),
    normalise: (...where) => normalise(views, ...where),
    gradientMoments: (...where) => gradientMoments(views, ...where),
    filterTiles: (...where) => filterTiles(views, ...where),
    phases: (...where) => phases(views, ...where),
    dislocations: (...where) => dislocations(views, ...where),
    binarise: (...where) => binarise(views, ...where),
    soften: (...where) => soften(views, ...where),
    thin: (...where) => thin(views, ...where),
  };
}
