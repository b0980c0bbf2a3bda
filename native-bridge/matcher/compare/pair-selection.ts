import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { PairList } from './pair-list.ts';

/** Steps in which similarities are sorted: pairs that differ by less than one are taken in the order of their numbers. */
const BUCKETS = 512;

const SLOTS = MAXIMUM_TEMPLATE_MINUTIAE ** 2;

/** Picks the most similar pairs, each minutia at most once, the best first (a greedy assignment). */
export class PairSelection {
  readonly #starts = new Int32Array(BUCKETS + 1);
  readonly #order = new Uint16Array(SLOTS);
  readonly #usedProbe = new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE);
  readonly #usedRecord = new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE);

  select(similarities: Float32Array, columns: number, limit: number, pairs: PairList): void {
    const starts = this.#starts.fill(0);
    const length = similarities.length;
    for (let at = 0; at < length; at += 1)
      if (similarities[at] > 0) starts[BUCKETS - 1 - ((similarities[at] * (BUCKETS - 1)) | 0)] += 1;
    let total = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const size = starts[bucket];
      starts[bucket] = total;
      total += size;
    }
    for (let at = 0; at < length; at += 1) {
      if (similarities[at] > 0) {
        const bucket = BUCKETS - 1 - ((similarities[at] * (BUCKETS - 1)) | 0);
        this.#order[starts[bucket]] = at;
        starts[bucket] += 1;
      }
    }
    this.#usedProbe.fill(0);
    this.#usedRecord.fill(0);
    pairs.count = 0;
    for (let place = 0; place < total && pairs.count < limit; place += 1) {
      const at = this.#order[place];
      const probe = (at / columns) | 0;
      const record = at - probe * columns;
      if (this.#usedProbe[probe] !== 0 || this.#usedRecord[record] !== 0) continue;
      this.#usedProbe[probe] = this.#usedRecord[record] = 1;
      pairs.probe[pairs.count] = probe;
      pairs.record[pairs.count] = record;
      pairs.similarity[pairs.count] = similarities[at];
      pairs.count += 1;
    }
  }

  clear(): void {
    this.#order.fill(0);
  }
}
