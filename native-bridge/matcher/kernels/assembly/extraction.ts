export { binarise } from './binarise';
export { blockMoments } from './block-moments';
export { dislocations } from './dislocations';
export { filterTiles } from './filter-tiles';
export { gradientMoments } from './gradient-moments';
export { normalise } from './normalise';
export { phases } from './phases';
export { soften } from './soften';
export { thin } from './thin';

/** The first byte that is free for planes. */
export function floor(): usize {
  return __heap_base;
}
