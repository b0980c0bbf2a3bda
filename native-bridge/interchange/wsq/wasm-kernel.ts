import { WSQ_FULL_BAND_VARIANCE } from '../parameters.ts';
import { fillHuffmanLookup, type HuffmanCodes } from './huffman-table.ts';
import type { WsqEncoding, WsqKernel } from './kernel.ts';
import { CODED_SUBBAND_COUNT } from './markers.ts';
import { middleOf } from './quantise.ts';
import { levelOf, referenceKernel } from './reference-kernel.ts';
import { countBlockCoefficients, type Rectangle, type SplitNode, type SubbandLayout } from './subband-layout.ts';
import { requireWhole } from './unpack-coefficients.ts';
import { wasmEngine } from './wasm-engine.ts';
import { WsqInstance } from './wasm-instance.ts';
import type { WsqFilters, WsqFrame } from './wsq-frame.ts';

/** An instance that holds more than this is let go after use instead of being kept for the next image. */
const KEPT_BYTES = 16 * 1024 * 1024;
const LOOKUP_ENTRIES = 65_536;
const SYMBOLS = 256;
/** Further bits of the symbols 101 to 106. Source: IAFIS-IC-0110. */
const EXTRA_BITS: readonly number[] = [8, 8, 16, 16, 8, 16];

/** Makes the compiled kernel from the bytes of wsq.wasm. Filters other than 9/7 taps go to the reference kernel. */
export function createWasmKernel(code: Uint8Array): WsqKernel {
  const module = new wasmEngine.Module(code);
  let idle: WsqInstance | null = null;
  const borrow = (): WsqInstance & Disposable => {
    const instance = idle ?? new WsqInstance(module);
    idle = null;
    const release = (): void => {
      instance.wipe();
      if (instance.heldBytes <= KEPT_BYTES) idle = instance;
    };
    return Object.assign(instance, { [Symbol.dispose]: release });
  };
  const isNineSeven = ({ low, high }: WsqFilters): boolean => low.length === 5 && high.length === 4;
  return {
    build: 'wasm',
    reconstruct(frame) {
      if (!isNineSeven(frame.filters)) return referenceKernel.reconstruct(frame);
      using instance = borrow();
      return reconstruct(instance, frame);
    },
    beginEncoding(pixels, widthPx, layout, filters) {
      if (!isNineSeven(filters)) return referenceKernel.beginEncoding(pixels, widthPx, layout, filters);
      const instance = borrow();
      try {
        return beginEncoding(instance, pixels, widthPx, layout, filters);
      } catch (fault) {
        instance[Symbol.dispose]();
        throw fault;
      }
    },
  };
}

/** The work area of the transform of one image, with the filters set. */
function prepareTransform(instance: WsqInstance, { low, high }: WsqFilters, widthPx: number, heightPx: number): number {
  const filters = instance.reserve(9 * 4);
  const values = Float32Array.of(...low, ...high);
  instance.bytes(filters, values.byteLength).set(new Uint8Array(values.buffer));
  instance.exports.setFilters(filters);
  // Two half-rate sources of strips of 64 bytes with padding, and a spare strip; rows need less.
  return instance.reserve(64 * (Math.max(widthPx, heightPx) + 40));
}

function reconstruct(instance: WsqInstance, frame: WsqFrame): Uint8Array {
  const { widthPx, heightPx, layout, scale, shift } = frame;
  const { exports } = instance;
  const count = widthPx * heightPx;
  // Damaged files mostly fail here, before the plane takes its much larger share of memory.
  const coefficients = instance.reserve(count * 2);
  unpackBlocks(instance, frame, coefficients);
  const work = prepareTransform(instance, frame.filters, widthPx, heightPx);
  const plane = instance.reserve(count * 4);
  const { steps, zeroBins, centre } = frame.quantiser;
  let from = coefficients;
  layout.bands.forEach((band, index) => {
    const step = steps[index] ?? 0;
    const halfZeroBin = (zeroBins[index] ?? 0) / 2;
    const at = addressOf(plane, widthPx, band);
    if (step !== 0)
      from = exports.dequantiseBand(from, at, widthPx, band.width, band.height, step, centre, halfZeroBin);
  });
  for (const node of layout.nodes.toReversed()) {
    const at = addressOf(plane, widthPx, node);
    exports.synthesiseColumns(at, widthPx, node.width, node.height, node.isSwappedY, work);
    exports.synthesiseRows(at, widthPx, node.width, node.height, node.isSwappedX, work);
  }
  exports.levelsOf(plane, count, shift, scale, plane);
  return instance.bytes(plane, count).slice();
}

function unpackBlocks(instance: WsqInstance, frame: WsqFrame, coefficients: number): void {
  const longest = Math.max(...frame.blocks.map((block) => block.bytes.length));
  const lookup = instance.reserve(LOOKUP_ENTRIES * 2);
  const input = instance.reserve(longest);
  let to = coefficients;
  frame.blocks.forEach(({ table, bytes }, index) => {
    const count = frame.coefficientCounts[index] ?? 0;
    fillHuffmanLookup(table, instance.words(lookup, LOOKUP_ENTRIES));
    instance.bytes(input, bytes.length).set(bytes);
    requireWhole(instance.exports.unpackBlock(input, bytes.length, lookup, to, count), index + 1);
    to += count * 2;
  });
}

function addressOf(plane: number, stride: number, { x, y }: Rectangle): number {
  return plane + 4 * (y * stride + x);
}

function beginEncoding(
  instance: WsqInstance & Disposable,
  pixels: Uint8Array,
  widthPx: number,
  layout: SubbandLayout,
  filters: WsqFilters,
): WsqEncoding {
  const { exports } = instance;
  const work = prepareTransform(instance, filters, widthPx, pixels.length / widthPx);
  const plane = instance.reserve(pixels.length * 4);
  const coefficients = instance.reserve(pixels.length * 2);
  const tables = instance.reserve(SYMBOLS * 4);
  const { shift, scale } = levelOf(pixels);
  instance.bytes(coefficients, pixels.length).set(pixels);
  exports.samplesOf(coefficients, pixels.length, shift, scale, plane);
  for (const node of layout.nodes) analyseNode(instance, node, plane, widthPx, work);
  const variances = measureBands(instance, layout, plane, widthPx);
  const starts = [0, 0, 0, 0];
  const sizes = [0, 0, 0];
  let histograms: readonly Uint32Array[] = [];
  const blockAt = (block: number): [number, number] => [coefficients + 2 * (starts[block] ?? 0), sizes[block] ?? 0];
  const countBlock = (block: number): Uint32Array => {
    instance.bytes(tables, SYMBOLS * 4).fill(0);
    exports.countSymbols(...blockAt(block), tables);
    return new Uint32Array(instance.bytes(tables, SYMBOLS * 4).slice().buffer);
  };
  return {
    statistics: { shift, scale, variances },
    countSymbols(steps, zeroBins) {
      countBlockCoefficients(layout, steps).forEach((size, block) => {
        sizes[block] = size;
        starts[block + 1] = (starts[block] ?? 0) + size;
      });
      quantiseBands(instance, layout, plane, widthPx, coefficients, steps, zeroBins);
      const counted = [countBlock(0), countBlock(1), countBlock(2)] as const;
      histograms = counted;
      return counted;
    },
    writeBlock(block, codes) {
      instance.bytes(tables, SYMBOLS * 2).set(new Uint8Array(codes.codes.buffer));
      instance.bytes(tables + SYMBOLS * 2, SYMBOLS).set(codes.lengths);
      const out = instance.reserve(packedBound(histograms[block], codes));
      const size = exports.packBlock(...blockAt(block), tables, tables + SYMBOLS * 2, out);
      return instance.bytes(out, size).slice();
    },
    [Symbol.dispose]: () => instance[Symbol.dispose](),
  };
}

function analyseNode(instance: WsqInstance, node: SplitNode, plane: number, stride: number, work: number): void {
  const at = addressOf(plane, stride, node);
  instance.exports.analyseRows(at, stride, node.width, node.height, node.isSwappedX, work);
  instance.exports.analyseColumns(at, stride, node.width, node.height, node.isSwappedY, work);
}

function measureBands(instance: WsqInstance, layout: SubbandLayout, plane: number, stride: number): Float32Array {
  const bands = layout.bands.slice(0, CODED_SUBBAND_COUNT);
  const measure = (band: Rectangle, isMiddle: boolean): number => {
    const part = isMiddle ? middleOf(band) : band;
    return instance.exports.variance(addressOf(plane, stride, part), stride, part.width, part.height);
  };
  const lowest = bands.slice(0, 4).map((band) => measure(band, true));
  const isMiddle = lowest.reduce((sum, variance) => sum + variance, 0) >= WSQ_FULL_BAND_VARIANCE;
  return Float32Array.from(bands, (band) => measure(band, isMiddle));
}

function quantiseBands(
  instance: WsqInstance,
  layout: SubbandLayout,
  plane: number,
  stride: number,
  out: number,
  steps: Float32Array,
  zeroBins: Float32Array,
): void {
  let to = out;
  layout.bands.forEach((band, index) => {
    const step = steps[index] ?? 0;
    if (step === 0) return;
    const at = addressOf(plane, stride, band);
    to = instance.exports.quantiseBand(at, stride, band.width, band.height, step, (zeroBins[index] ?? 0) / 2, to);
  });
}

/** Bytes that a block can take at most: its bits, doubled for the zeros after 0xFF. */
function packedBound(histogram: Uint32Array | undefined, { lengths }: HuffmanCodes): number {
  let bits = 8;
  histogram?.forEach((count, symbol) => {
    bits += count * ((lengths[symbol] ?? 0) + (EXTRA_BITS[symbol - 101] ?? 0));
  });
  return 2 * Math.ceil(bits / 8) + 8;
}
