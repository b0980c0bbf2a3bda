import type { HuffmanTable } from './huffman-table.ts';
import type { SubbandLayout } from './subband-layout.ts';

/** Right halves of the symmetric analysis filters of odd length, from the centre outwards. */
export interface WsqFilters {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Bin widths of the 64 subbands: 0 means that the band is not sent. */
export interface WsqQuantiser {
  readonly centre: number;
  readonly steps: Float32Array;
  readonly zeroBins: Float32Array;
}

/** The entropy-coded bytes of one block (a view, with the stuffed zeros still in) and the table they are coded with. */
export interface WsqBlock {
  readonly table: HuffmanTable;
  readonly bytes: Uint8Array;
}

/** Everything that a WSQ file says, checked, before any pixel is computed. */
export interface WsqFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** A pixel is `sample × scale + shift`. */
  readonly shift: number;
  readonly scale: number;
  /** Number of the encoder's parameter set, and of its software, as the file states them. */
  readonly encoderNumber: number;
  readonly softwareNumber: number;
  readonly filters: WsqFilters;
  readonly quantiser: WsqQuantiser;
  readonly layout: SubbandLayout;
  readonly blocks: readonly [WsqBlock, WsqBlock, WsqBlock];
  /** Coefficients in each block. */
  readonly coefficientCounts: readonly [number, number, number];
  readonly comments: readonly string[];
}
