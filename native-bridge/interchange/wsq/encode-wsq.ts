import type { GreyImage } from '../../image/grey-image.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import * as parameters from '../parameters.ts';
import { chooseBinWidths } from './choose-steps.ts';
import { designHuffmanTable } from './huffman-design.ts';
import { assignHuffmanCodes } from './huffman-table.ts';
import type { WsqKernel } from './kernel.ts';
import { writeNistComment } from './nist-comment.ts';
import { layOutSubbands } from './subband-layout.ts';
import type { WsqFilters } from './wsq-frame.ts';
import { wsqKernel } from './wsq-kernel.ts';
import { writeWsqFile } from './write-frame.ts';

/** How to encode. */
export interface WsqEncodeOptions {
  /** Target rate, bits per pixel; real prints come out near it. Default 0.75, about 15:1. */
  readonly bitRateBpp?: number;
}

const FILTERS: WsqFilters = {
  low: Float32Array.from(parameters.WSQ_LOW_PASS),
  high: Float32Array.from(parameters.WSQ_HIGH_PASS),
};

/**
 * Encodes a grey image as a WSQ file that any standard decoder reads, with the quantiser that the specification
 * prescribes. About 6 ms for 500 × 500 on one thread. Work memory is zeroed before this returns.
 * @throws InterchangeFault wsq.image for a size that the format or our limits refuse, wsq.bit-rate for a rate outside
 * them
 */
export function encodeWsq(
  image: GreyImage,
  options: WsqEncodeOptions = {},
  kernel: WsqKernel = wsqKernel(),
): Uint8Array {
  const { widthPx, heightPx, pixels, resolutionPpi } = image;
  const bitRateBpp = options.bitRateBpp ?? parameters.WSQ_BIT_RATE_BPP;
  requireImage(image);
  requireBitRate(bitRateBpp);
  using encoding = kernel.beginEncoding(pixels, widthPx, layOutSubbands(widthPx, heightPx), FILTERS);
  const { shift, scale, variances } = encoding.statistics;
  const widths = chooseBinWidths(variances, bitRateBpp);
  const [first, second, third] = encoding.countSymbols(widths.steps, widths.zeroBins);
  const low = designHuffmanTable(first);
  const high = designHuffmanTable(second.map((count, symbol) => count + (third[symbol] ?? 0)));
  const highCodes = assignHuffmanCodes(high);
  const head = {
    ...widths,
    widthPx,
    heightPx,
    shift,
    scale,
    comment: writeNistComment(widthPx, heightPx, resolutionPpi, bitRateBpp),
  };
  const blocks = [
    { tableNumber: 0, table: low, bytes: encoding.writeBlock(0, assignHuffmanCodes(low)) },
    { tableNumber: 1, table: high, bytes: encoding.writeBlock(1, highCodes) },
    { tableNumber: 1, table: null, bytes: encoding.writeBlock(2, highCodes) },
  ];
  const file = writeWsqFile(head, blocks);
  for (const { lengthCounts, symbols } of [low, high]) {
    lengthCounts.fill(0);
    symbols.fill(0);
  }
  widths.steps.fill(0);
  widths.zeroBins.fill(0);
  variances.fill(0);
  return file;
}

function requireImage({ widthPx, heightPx, pixels }: GreyImage): void {
  const least = Math.min(widthPx, heightPx);
  const most = Math.max(widthPx, heightPx);
  const isWhole = Number.isInteger(widthPx) && Number.isInteger(heightPx) && pixels.length === widthPx * heightPx;
  const isTaken = least >= parameters.MIN_WSQ_SIDE_PX && most <= parameters.MAX_IMAGE_SIDE_PX;
  if (!isWhole || !isTaken || pixels.length > parameters.MAX_IMAGE_PIXELS) {
    throw new InterchangeFault('wsq.image', { widthPx, heightPx, pixels: pixels.length });
  }
}

function requireBitRate(bitRateBpp: number): void {
  const { least, most } = parameters.WSQ_BIT_RATE_RANGE_BPP;
  if (!(bitRateBpp >= least && bitRateBpp <= most))
    throw new InterchangeFault('wsq.bit-rate', { bitRateBpp, least, most });
}
