import { readNistComment } from '../wsq/nist-comment.ts';
import { readWsqFrame } from '../wsq/read-frame.ts';
import type { Description } from './description.ts';

/** Describes a WSQ file without decoding it. @throws InterchangeFault wsq.* */
export function describeWsq(bytes: Uint8Array): Description {
  const frame = readWsqFrame(bytes);
  const { resolutionPpi, bitRateBpp } = readNistComment(frame.comments);
  const pixels = frame.widthPx * frame.heightPx;
  return {
    format: 'wsq',
    bytes: bytes.length,
    widthPx: frame.widthPx,
    heightPx: frame.heightPx,
    statedResolutionPpi: resolutionPpi,
    statedBitRateBpp: bitRateBpp,
    bitsPerPixel: rounded((bytes.length * 8) / pixels, 3),
    ratio: rounded(pixels / bytes.length, 2),
    encoderNumber: frame.encoderNumber,
    softwareNumber: frame.softwareNumber,
    shift: rounded(frame.shift, 4),
    scale: rounded(frame.scale, 4),
    filterTaps: [2 * frame.filters.low.length - 1, 2 * frame.filters.high.length - 1],
    codedBands: frame.quantiser.steps.filter((step) => step > 0).length,
    blocks: frame.blocks.map((block, index) => ({
      bytes: block.bytes.length,
      coefficients: frame.coefficientCounts[index] ?? 0,
      symbols: block.table.symbols.length,
    })),
    comments: frame.comments.length,
  };
}

function rounded(value: number, places: number): number {
  return Number(value.toFixed(places));
}
