import { kernelViews, type KernelViews } from '../kernels/kernel-views.ts';
import { PLANE_BORDER_PX, type Kernels } from '../kernels/kernels.ts';

/** A plane in the kernels' memory: `pointer` is the byte offset of element (0, 0), inside a border on all sides. */
export interface Plane {
  readonly pointer: number;
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
}

/** Strides are multiples of this, so that few layouts of the filters are ever needed. */
const STRIDE_STEP = 128;

/** Memory for one extraction at a time, handed out from the bottom up and zeroed as one piece. */
export class WorkingArea {
  readonly kernels: Kernels;
  readonly views: KernelViews;
  readonly #floor: number;
  #top: number;
  #highest: number;

  constructor(kernels: Kernels, floor: number) {
    this.kernels = kernels;
    this.views = kernelViews(kernels.memory);
    this.#floor = Math.ceil(floor / 64) * 64;
    this.#top = this.#floor;
    this.#highest = this.#floor;
  }

  /** A byte offset, a multiple of 64, of `bytes` fresh bytes. They are zero only if `reset` was called before. */
  take(bytes: number): number {
    const pointer = this.#top;
    this.#top = Math.ceil((pointer + bytes) / 64) * 64;
    this.#highest = Math.max(this.#highest, this.#top);
    if (this.#top > this.kernels.memory.byteLength) throw new RangeError('The working area is too small.');
    return pointer;
  }

  floats(length: number): Float32Array {
    return new Float32Array(this.kernels.memory, this.take(length * 4), length);
  }

  bytes(length: number): Uint8Array {
    return new Uint8Array(this.kernels.memory, this.take(length), length);
  }

  /** A plane of elements of `elementBytes` with `PLANE_BORDER_PX` around it. */
  plane(columns: number, rows: number, elementBytes: number): Plane {
    const stride = Math.ceil((columns + 2 * PLANE_BORDER_PX) / STRIDE_STEP) * STRIDE_STEP;
    const pointer = this.take(stride * (rows + 2 * PLANE_BORDER_PX) * elementBytes);
    return { pointer: pointer + (PLANE_BORDER_PX * stride + PLANE_BORDER_PX) * elementBytes, stride, columns, rows };
  }

  /** Zeroes everything that was handed out and takes it back. */
  reset(): void {
    this.views.u8.fill(0, this.#floor, this.#highest);
    this.#top = this.#floor;
    this.#highest = this.#floor;
  }
}
