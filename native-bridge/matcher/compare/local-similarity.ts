import type { ComparisonKernel } from '../kernels/comparison-kernel.ts';
import { PACKED_BYTES } from '../kernels/cylinder-layout.ts';
import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { Cylinders } from './cylinders.ts';

/** Least number of the 52 base cells that must lie on both fingers for two cylinders to be compared. */
const LEAST_COMMON_CELLS = 18;

/** Similarities of the cylinders of two fingers; a probe that is compared with many records is copied in once. */
export class LocalSimilarity {
  readonly #kernel: ComparisonKernel;
  readonly #lanes: Int16Array;
  readonly #probeAt: number;
  readonly #recordAt: number;
  readonly #targetAt: number;
  #probe: Cylinders | undefined;

  constructor(kernel: ComparisonKernel) {
    const bytes = MAXIMUM_TEMPLATE_MINUTIAE * PACKED_BYTES;
    this.#kernel = kernel;
    this.#lanes = new Int16Array(kernel.memory);
    this.#probeAt = Math.ceil(kernel.floor / 64) * 64;
    this.#recordAt = this.#probeAt + bytes;
    this.#targetAt = this.#recordAt + bytes;
  }

  /** Row by row, `probe.count × record.count` values 0–1, valid until the next call. */
  compare(probe: Cylinders, record: Cylinders): Float32Array {
    if (this.#probe !== probe) this.#lanes.set(probe.packed, this.#probeAt >> 1);
    this.#probe = probe;
    this.#lanes.set(record.packed, this.#recordAt >> 1);
    this.#kernel.similarities(
      this.#probeAt,
      probe.count,
      this.#recordAt,
      record.count,
      this.#targetAt,
      LEAST_COMMON_CELLS,
    );
    return new Float32Array(this.#kernel.memory, this.#targetAt, probe.count * record.count);
  }

  /** Zeroes the memory. */
  clear(): void {
    this.#probe = undefined;
    this.#lanes.fill(0, this.#probeAt >> 1);
  }
}
