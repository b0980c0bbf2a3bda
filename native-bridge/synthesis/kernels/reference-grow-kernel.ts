import { FILTER_LENGTH, FILTER_ROWS, filterBank } from '../filter-bank.ts';
import { FIELD_LIMIT, FILTER_RADIUS, FILTER_SHIFT, FILTER_STRIDE } from '../parameters.ts';
import { MASTER_LAYOUT } from './field-layout.ts';
import type { GrowKernel } from './grow-step.ts';

/** The filterings of a growing master in plain TypeScript: the reference that the WebAssembly kernel must equal. */
export function createReferenceGrowKernel(): GrowKernel {
  const layout = MASTER_LAYOUT;
  const field = new Int16Array(layout.length);
  const other = new Int16Array(layout.length);
  const filterNumbers = new Uint16Array(layout.columns * layout.rows);
  const starts = new Int32Array(layout.rows);
  const ends = new Int32Array(layout.rows);
  const filters = filterBank();
  const step = (from: Int16Array, to: Int16Array): void => {
    for (let row = 0; row < layout.rows; row++) {
      const first = layout.origin + row * layout.stride;
      for (let column = starts[row]; column < ends[row]; column++) {
        const filter = filterNumbers[row * layout.columns + column] * FILTER_LENGTH;
        let sum = 1 << (FILTER_SHIFT - 1);
        for (let y = 0; y < FILTER_ROWS; y++) {
          const cell = first + column - FILTER_RADIUS + (y - FILTER_RADIUS) * layout.stride;
          const tap = filter + y * FILTER_STRIDE;
          for (let x = 0; x < FILTER_ROWS; x++) sum = (sum + from[cell + x] * filters[tap + x]) | 0;
        }
        to[first + column] = Math.min(FIELD_LIMIT, Math.max(-FIELD_LIMIT, sum >> FILTER_SHIFT));
      }
    }
  };
  return {
    layout,
    field,
    filterNumbers,
    starts,
    ends,
    grow: (steps) => {
      other.fill(0);
      for (let i = 0; i < steps; i += 2) {
        step(field, other);
        step(other, field);
      }
    },
  };
}
