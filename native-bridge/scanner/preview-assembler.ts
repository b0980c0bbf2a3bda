import { MINIMUM_PREVIEW_SHARE } from './parameters.ts';
import { BYTES_PER_CELL, type PreviewFrame } from './preview-frame.ts';
import type { Report } from './report-codec.ts';

/** Joins the reports of preview frames. A piece that was lost shows what the frame before showed there: a preview steers, it is not evidence. */
export class PreviewAssembler {
  readonly #columns: number;
  readonly #rows: number;
  readonly #partBytes: number;
  readonly #parts: number;
  readonly #cells: Uint8Array;
  #number = -1;
  #arrived = new Set<number>();

  constructor(columns: number, rows: number, partBytes: number) {
    this.#columns = columns;
    this.#rows = rows;
    this.#partBytes = partBytes;
    this.#cells = new Uint8Array(columns * rows * BYTES_PER_CELL);
    this.#parts = Math.ceil(this.#cells.length / partBytes);
  }

  /** Takes one preview report; answers a frame when one is complete, or when the next begins and enough of it is there. */
  take({ sequence, payload }: Report): PreviewFrame | null {
    const part = payload[0] ?? 0;
    if (payload[1] !== this.#parts || part >= this.#parts) return null;
    const finished = sequence === this.#number ? null : this.#finish();
    if (sequence !== this.#number) {
      this.#number = sequence;
      this.#arrived = new Set();
    }
    const from = part * this.#partBytes;
    this.#cells.set(payload.subarray(2, 2 + Math.min(this.#partBytes, this.#cells.length - from)), from);
    this.#arrived.add(part);
    return this.#arrived.size === this.#parts ? this.#finish() : finished;
  }

  /** Forgets the frame that is being joined, and what the last one showed. */
  clear(): void {
    this.#number = -1;
    this.#arrived = new Set();
    this.#cells.fill(0);
  }

  #finish(): PreviewFrame | null {
    if (this.#number < 0 || this.#arrived.size < MINIMUM_PREVIEW_SHARE * this.#parts) return null;
    const frame = {
      number: this.#number,
      columns: this.#columns,
      rows: this.#rows,
      mean: this.#cells.filter((_, at) => at % BYTES_PER_CELL === 0),
      deviation: this.#cells.filter((_, at) => at % BYTES_PER_CELL === 1),
    };
    // The number stays, so that a repeated piece of this frame does not bring it again.
    this.#arrived = new Set();
    return frame;
  }
}
