import type { HuffmanCodes } from './huffman-table.ts';
import type { SubbandLayout } from './subband-layout.ts';
import type { WsqFilters, WsqFrame } from './wsq-frame.ts';

/** What the encoder needs to know of an image before it chooses bin widths. */
export interface PlaneStatistics {
  /** Mean grey level, and the spread that brings samples into ±128. */
  readonly shift: number;
  readonly scale: number;
  /** Variance of each of the 60 bands that may be coded. */
  readonly variances: Float32Array;
}

/** One image on its way to a WSQ file. Its memory is zeroed when it is disposed of; no other call comes between. */
export interface WsqEncoding extends Disposable {
  readonly statistics: PlaneStatistics;
  /** Quantises all bands with these widths (0: not sent) and counts the 256 symbols of each of the three blocks. */
  countSymbols(steps: Float32Array, zeroBins: Float32Array): readonly [Uint32Array, Uint32Array, Uint32Array];
  /** The entropy-coded bytes of block 0, 1 or 2, zeros stuffed, in a new array. */
  writeBlock(block: 0 | 1 | 2, codes: HuffmanCodes): Uint8Array;
}

/**
 * The arithmetic of WSQ, in one of two builds that give the same bytes: TypeScript, the reference, and WebAssembly.
 * Both work in single precision, one rounding an operation.
 */
export interface WsqKernel {
  readonly build: 'typescript' | 'wasm';
  /**
   * The `widthPx × heightPx` grey levels of a checked frame, in a new array.
   * @throws InterchangeFault wsq.huffman-code or wsq.coefficients
   */
  reconstruct(frame: WsqFrame): Uint8Array;
  beginEncoding(pixels: Uint8Array, widthPx: number, layout: SubbandLayout, filters: WsqFilters): WsqEncoding;
}
