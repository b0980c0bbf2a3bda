import type { FilterPair, Tap } from './filter-taps.ts';
import type { SplitNode } from './subband-layout.ts';

/** Signals of a plane that are filtered together: `lanes` neighbours, each of `length` samples `step` apart. */
interface SignalBundle {
  readonly start: number;
  readonly step: number;
  readonly length: number;
  readonly lanes: number;
  /** The high half comes first in the plane. */
  readonly isSwapped: boolean;
}

/** Columns that are filtered together. */
const STRIP_LANES = 32;

/** The even and the odd samples of a bundle with reflected padding, and the sums of one filter. */
interface WorkRows {
  readonly sources: readonly [Float32Array, Float32Array];
  readonly sums: Float32Array;
}

/**
 * Splits every node, parents first, rows before columns: the plane, `stride` samples wide, then holds the subbands.
 * Every product and every sum is rounded to single precision, so that the compiled kernel gives the same bits.
 */
export function analyseTree(plane: Float32Array, stride: number, nodes: readonly SplitNode[], pair: FilterPair): void {
  const work = allocateWork(nodes, pair);
  for (const node of nodes) {
    for (const bundle of rowsOf(node, stride)) splitBundle(plane, bundle, pair, work);
    for (const bundle of columnsOf(node, stride)) splitBundle(plane, bundle, pair, work);
  }
  wipe(work);
}

/** Joins every node, children first, columns before rows: the plane then holds the image. The inverse of `analyseTree`. */
export function synthesiseTree(
  plane: Float32Array,
  stride: number,
  nodes: readonly SplitNode[],
  pair: FilterPair,
): void {
  const work = allocateWork(nodes, pair);
  for (const node of nodes.toReversed()) {
    for (const bundle of columnsOf(node, stride)) joinBundle(plane, bundle, pair, work);
    for (const bundle of rowsOf(node, stride)) joinBundle(plane, bundle, pair, work);
  }
  wipe(work);
}

function* rowsOf(node: SplitNode, stride: number): Generator<SignalBundle> {
  for (let y = node.y; y < node.y + node.height; y += 1) {
    yield { start: y * stride + node.x, step: 1, length: node.width, lanes: 1, isSwapped: node.isSwappedX };
  }
}

/** Columns, as many together as keep the work rows of a tall image in the processor's cache. */
function* columnsOf(node: SplitNode, stride: number): Generator<SignalBundle> {
  for (let x = 0; x < node.width; x += STRIP_LANES) {
    const start = node.y * stride + node.x + x;
    const lanes = Math.min(STRIP_LANES, node.width - x);
    yield { start, step: stride, length: node.height, lanes, isSwapped: node.isSwappedY };
  }
}

function allocateWork(nodes: readonly SplitNode[], pair: FilterPair): WorkRows {
  let samples = 0;
  for (const { width, height } of nodes)
    samples = Math.max(samples, width + 1, (height + 2 + 4 * pair.padding) * width);
  const half = (samples >> 1) + 2 * pair.padding + 2;
  return { sources: [new Float32Array(half), new Float32Array(half)], sums: new Float32Array(half) };
}

function wipe(work: WorkRows): void {
  for (const rows of [...work.sources, work.sums]) rows.fill(0);
}

function splitBundle(plane: Float32Array, bundle: SignalBundle, pair: FilterPair, work: WorkRows): void {
  const { start, step, length, isSwapped } = bundle;
  for (const phase of [0, 1] as const) copyIn(plane, start + phase * step, 2 * step, phase, bundle, pair, work);
  extend(length, bundle.lanes, pair, work);
  const low = (length + 1) >> 1;
  const high = length >> 1;
  applyFilter(pair.even, low, bundle.lanes, pair, work);
  copyOut(plane, start + (isSwapped ? high : 0) * step, step, low, bundle.lanes, work);
  applyFilter(pair.odd, high, bundle.lanes, pair, work);
  copyOut(plane, start + (isSwapped ? 0 : low) * step, step, high, bundle.lanes, work);
}

function joinBundle(plane: Float32Array, bundle: SignalBundle, pair: FilterPair, work: WorkRows): void {
  const { start, step, length, isSwapped } = bundle;
  const low = (length + 1) >> 1;
  const high = length >> 1;
  copyIn(plane, start + (isSwapped ? high : 0) * step, step, 0, bundle, pair, work);
  copyIn(plane, start + (isSwapped ? 0 : low) * step, step, 1, bundle, pair, work);
  extend(length, bundle.lanes, pair, work);
  applyFilter(pair.even, low, bundle.lanes, pair, work);
  copyOut(plane, start, 2 * step, low, bundle.lanes, work);
  applyFilter(pair.odd, high, bundle.lanes, pair, work);
  copyOut(plane, start + step, 2 * step, high, bundle.lanes, work);
}

function copyIn(
  plane: Float32Array,
  start: number,
  step: number,
  phase: 0 | 1,
  { length, lanes }: SignalBundle,
  { padding }: FilterPair,
  { sources }: WorkRows,
): void {
  const source = sources[phase];
  const count = phase === 0 ? (length + 1) >> 1 : length >> 1;
  for (let row = 0; row < count; row += 1) {
    const from = start + row * step;
    const to = (row + padding) * lanes;
    for (let lane = 0; lane < lanes; lane += 1) source[to + lane] = plane[from + lane] ?? 0;
  }
}

function copyOut(plane: Float32Array, start: number, step: number, count: number, lanes: number, work: WorkRows): void {
  const { sums } = work;
  for (let row = 0; row < count; row += 1) {
    const to = start + row * step;
    const from = row * lanes;
    for (let lane = 0; lane < lanes; lane += 1) plane[to + lane] = sums[from + lane] ?? 0;
  }
}

/** Fills the padding by whole-sample reflection about the first and the last sample. Source: IAFIS-IC-0110. */
function extend(length: number, lanes: number, { padding }: FilterPair, { sources }: WorkRows): void {
  const copyRow = (position: number): void => {
    const source = sources[(position & 1) === 0 ? 0 : 1];
    const to = ((position >> 1) + padding) * lanes;
    const from = ((reflect(position, length) >> 1) + padding) * lanes;
    source.copyWithin(to, from, from + lanes);
  };
  for (let position = -2 * padding; position < 0; position += 1) copyRow(position);
  const end = 2 * (((length + 1) >> 1) + padding);
  for (let position = length; position < end; position += 1) copyRow(position);
}

function reflect(position: number, length: number): number {
  const last = length - 1;
  let inside = position;
  while (inside < 0 || inside > last) inside = inside < 0 ? -inside : 2 * last - inside;
  return inside;
}

function applyFilter(taps: readonly Tap[], rows: number, lanes: number, pair: FilterPair, work: WorkRows): void {
  const { sums, sources } = work;
  const count = rows * lanes;
  let isFirst = true;
  for (const { phase, offset, weight } of taps) {
    const source = sources[phase];
    const from = (offset + pair.padding) * lanes;
    if (isFirst) for (let i = 0; i < count; i += 1) sums[i] = weight * (source[from + i] ?? 0);
    else for (let i = 0; i < count; i += 1) sums[i] = (sums[i] ?? 0) + Math.fround(weight * (source[from + i] ?? 0));
    isFirst = false;
  }
}
