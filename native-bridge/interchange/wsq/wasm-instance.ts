import { wasmEngine, WASM_PAGE_BYTES, type WasmMemory } from './wasm-engine.ts';

/** What assembly/wsq.ts exports; every argument is an address, a size or a number. */
export interface WsqExports {
  heapBase(): number;
  setFilters(from: number): void;
  analyseRows(plane: number, stride: number, width: number, height: number, isSwapped: boolean, work: number): void;
  analyseColumns(plane: number, stride: number, width: number, height: number, isSwapped: boolean, work: number): void;
  synthesiseRows(plane: number, stride: number, width: number, height: number, isSwapped: boolean, work: number): void;
  synthesiseColumns(
    plane: number,
    stride: number,
    width: number,
    height: number,
    isSwapped: boolean,
    work: number,
  ): void;
  samplesOf(pixels: number, count: number, shift: number, scale: number, plane: number): void;
  levelsOf(plane: number, count: number, shift: number, scale: number, pixels: number): void;
  variance(plane: number, stride: number, width: number, height: number): number;
  quantiseBand(
    plane: number,
    stride: number,
    width: number,
    height: number,
    step: number,
    halfZeroBin: number,
    out: number,
  ): number;
  dequantiseBand(
    from: number,
    plane: number,
    stride: number,
    width: number,
    height: number,
    step: number,
    centre: number,
    halfZeroBin: number,
  ): number;
  unpackBlock(from: number, length: number, lookup: number, out: number, count: number): number;
  countSymbols(from: number, count: number, histogram: number): void;
  packBlock(from: number, count: number, codes: number, lengths: number, out: number): number;
}

const EXPORT_NAMES: readonly (keyof WsqExports)[] = [
  'heapBase',
  'setFilters',
  'analyseRows',
  'analyseColumns',
  'synthesiseRows',
  'synthesiseColumns',
  'samplesOf',
  'levelsOf',
  'variance',
  'quantiseBand',
  'dequantiseBand',
  'unpackBlock',
  'countSymbols',
  'packBlock',
];

/** Vectors may read this far beyond a region. */
const REGION_MARGIN_BYTES = 64;

/** One module with its memory, cut into regions for one image at a time. */
export class WsqInstance {
  readonly exports: WsqExports;
  readonly #memory: WasmMemory;
  #end: number;

  constructor(module: object) {
    this.#memory = new wasmEngine.Memory({ initial: 1 });
    const { exports } = new wasmEngine.Instance(module, { env: { memory: this.#memory } });
    if (!isWsqExports(exports)) throw new TypeError('wsq.wasm does not export what it must');
    this.exports = exports;
    this.#end = this.base;
  }

  get base(): number {
    return this.exports.heapBase();
  }

  /** Bytes of memory that the module holds. */
  get heldBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Sets a region of `bytes` aside, after those set aside before; its content is zero. Answers its address. */
  reserve(bytes: number): number {
    const from = Math.ceil(this.#end / 16) * 16;
    this.#end = from + bytes + REGION_MARGIN_BYTES;
    const missing = this.#end - this.heldBytes;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / WASM_PAGE_BYTES));
    return from;
  }

  /** A view of the memory, valid until the next `reserve`. */
  bytes(from: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, from, length);
  }

  words(from: number, length: number): Uint16Array {
    return new Uint16Array(this.#memory.buffer, from, length);
  }

  /** Zeroes every region and gives them back. */
  wipe(): void {
    this.bytes(this.base, Math.min(this.#end, this.heldBytes) - this.base).fill(0);
    this.#end = this.base;
  }
}

function isWsqExports(exports: object): exports is WsqExports {
  return EXPORT_NAMES.every((name) => typeof Reflect.get(exports, name) === 'function');
}
