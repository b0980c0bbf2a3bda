import { WSQ_FULL_BAND_VARIANCE } from '../parameters.ts';
import { analyseTree, synthesiseTree } from './filter-bank.ts';
import { analysisPair, synthesisPair } from './filter-taps.ts';
import type { PlaneStatistics, WsqEncoding, WsqKernel } from './kernel.ts';
import { CODED_SUBBAND_COUNT } from './markers.ts';
import { countSymbols, packCoefficients } from './pack-coefficients.ts';
import { bandVariance, dequantise, quantise } from './quantise.ts';
import { countBlockCoefficients, type SubbandLayout } from './subband-layout.ts';
import { unpackCoefficients } from './unpack-coefficients.ts';
import type { WsqFilters, WsqFrame } from './wsq-frame.ts';

const { fround } = Math;

/** WSQ in plain TypeScript: the reference that the compiled kernel is tested against, and what runs without it. */
export const referenceKernel: WsqKernel = { build: 'typescript', reconstruct, beginEncoding };

function reconstruct(frame: WsqFrame): Uint8Array {
  const { widthPx, heightPx, layout } = frame;
  const coefficients = unpackCoefficients(frame);
  const plane = new Float32Array(widthPx * heightPx);
  dequantise(coefficients, layout, frame.quantiser, plane, widthPx);
  coefficients.fill(0);
  synthesiseTree(plane, widthPx, layout.nodes, synthesisPair(frame.filters));
  const pixels = new Uint8Array(plane.length);
  for (let at = 0; at < plane.length; at += 1) {
    const level = fround(fround(fround((plane[at] ?? 0) * frame.scale) + frame.shift) + 0.5);
    pixels[at] = level > 255 ? 255 : level > 0 ? level : 0;
  }
  plane.fill(0);
  return pixels;
}

function beginEncoding(pixels: Uint8Array, widthPx: number, layout: SubbandLayout, filters: WsqFilters): WsqEncoding {
  const { shift, scale } = levelOf(pixels);
  const plane = new Float32Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) plane[at] = fround((pixels[at] ?? 0) - shift) / scale;
  analyseTree(plane, widthPx, layout.nodes, analysisPair(filters));
  const statistics: PlaneStatistics = { shift, scale, variances: measureBands(plane, widthPx, layout) };
  let coefficients = new Int16Array(0);
  let ends = [0, 0, 0];
  const block = (index: number): Int16Array => coefficients.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);
  const wipe = (): void => {
    plane.fill(0);
    coefficients.fill(0);
  };
  return {
    statistics,
    countSymbols(steps, zeroBins) {
      const [first, second, third] = countBlockCoefficients(layout, steps);
      ends = [first, first + second, first + second + third];
      coefficients = new Int16Array(ends[2] ?? 0);
      quantise(plane, widthPx, layout, steps, zeroBins, coefficients);
      return [countSymbols(block(0)), countSymbols(block(1)), countSymbols(block(2))];
    },
    writeBlock: (index, codes) => packCoefficients(block(index), codes),
    [Symbol.dispose]: wipe,
  };
}

/** Mean level, and the larger distance from it to the darkest or the lightest pixel over 128. Source: IAFIS-IC-0110. */
export function levelOf(pixels: Uint8Array): { shift: number; scale: number } {
  let sum = 0;
  let least = 255;
  let most = 0;
  for (const level of pixels) {
    sum += level;
    if (level < least) least = level;
    if (level > most) most = level;
  }
  const shift = fround(sum / pixels.length);
  const scale = fround(Math.max(fround(shift - least), fround(most - shift)) / 128);
  return { shift, scale: scale > 0 ? scale : 1 };
}

function measureBands(plane: Float32Array, stride: number, layout: SubbandLayout): Float32Array {
  const bands = layout.bands.slice(0, CODED_SUBBAND_COUNT);
  const lowest = bands.slice(0, 4).map((band) => bandVariance(plane, stride, band, true));
  const isMiddle = lowest.reduce((sum, variance) => sum + variance, 0) >= WSQ_FULL_BAND_VARIANCE;
  return Float32Array.from(bands, (band) => bandVariance(plane, stride, band, isMiddle));
}
