import type { GreyImage } from '../image/grey-image.ts';
import type { PlacementMap } from './scanner.ts';

/** Side of a block that is judged as one, mm: about one smear, or two ridges. */
const BLOCK_MM = 1;
/** Millimetres in an inch. */
const MM_PER_INCH = 25.4;
/** Standard deviation within a block of clean glass, grey levels; more is dirt, a trace or a scratch. */
const CLEAN_DEVIATION = 8;
/** Distance of a block's mean from the glass's median that even lighting stays within, grey levels. */
const EVEN_GREY = 25;
/** Share of dirty blocks from which the glass must be wiped: a trace of one finger covers a tenth of it or more. */
const DIRTY_SHARE = 0.04;
/** Share of uneven blocks from which the lighting is worn. */
const UNEVEN_SHARE = 0.2;

/** One block of the glass, and where its top left corner lies, pixels. */
interface Block {
  readonly mean: number;
  readonly deviation: number;
  readonly left: number;
  readonly top: number;
}

/** What an image of the empty glass says of it. */
export interface GlassCheck {
  readonly verdict: 'clean' | 'dirty' | 'uneven';
  /** Median of the blocks' mean greys, 0–255. */
  readonly backgroundGrey: number;
  /** Share of the glass, 0–1, that shows dirt, traces or scratches. */
  readonly dirtyShare: number;
  /** Share of the glass, 0–1, that is plain but lighter or darker than the rest. */
  readonly unevenShare: number;
  /** Where the dirt is: cells row by row, each 0 (none) to 4 (all of it), as coarse as the map of a finger. */
  readonly dirt: PlacementMap;
}

/** Side of the map of the dirt, cells. */
const MAP_SIDE = 12;
/** Strongest value of a cell. */
const STRONGEST = 4;

/** Judges an image that was taken of the empty glass, block by block. The image is lent. */
export function checkGlass({ widthPx, heightPx, resolutionPpi, pixels }: GreyImage): GlassCheck {
  const sidePx = Math.max(4, Math.round((BLOCK_MM * resolutionPpi) / MM_PER_INCH));
  const blocks: Block[] = [];
  for (let top = 0; top + sidePx <= heightPx; top += sidePx) {
    for (let left = 0; left + sidePx <= widthPx; left += sidePx) {
      blocks.push({ ...measureBlock(pixels, widthPx, left, top, sidePx), left, top });
    }
  }
  const cellOf = ({ left, top }: Block): number =>
    Math.floor((top * MAP_SIDE) / heightPx) * MAP_SIDE + Math.floor((left * MAP_SIDE) / widthPx);
  if (blocks.length === 0) {
    return { verdict: 'uneven', backgroundGrey: 0, dirtyShare: 0, unevenShare: 1, dirt: mapOf([], [], cellOf) };
  }
  const means = blocks.map(({ mean }) => mean).toSorted((a, b) => a - b);
  const backgroundGrey = means[Math.floor(means.length / 2)] ?? 0;
  const isDirty = ({ deviation }: Block): boolean => deviation > CLEAN_DEVIATION;
  const dirty = blocks.filter(isDirty);
  const dirtyShare = dirty.length / blocks.length;
  const uneven = blocks.filter((block) => !isDirty(block) && Math.abs(block.mean - backgroundGrey) > EVEN_GREY);
  const unevenShare = uneven.length / blocks.length;
  const verdict = dirtyShare > DIRTY_SHARE ? 'dirty' : unevenShare > UNEVEN_SHARE ? 'uneven' : 'clean';
  return { verdict, backgroundGrey, dirtyShare, unevenShare, dirt: mapOf(dirty, blocks, cellOf) };
}

/** The share of dirty blocks in each cell, rounded up to fourths, so that a single smear is seen. */
function mapOf(dirty: readonly Block[], blocks: readonly Block[], cellOf: (block: Block) => number): PlacementMap {
  const all = Array.from({ length: MAP_SIDE * MAP_SIDE }, () => 0);
  const wrong = [...all];
  for (const block of blocks) all[cellOf(block)] = (all[cellOf(block)] ?? 0) + 1;
  for (const block of dirty) wrong[cellOf(block)] = (wrong[cellOf(block)] ?? 0) + 1;
  const cells = wrong.map((count, cell) => Math.ceil((STRONGEST * count) / Math.max(1, all[cell] ?? 0)));
  return { columns: MAP_SIDE, rows: MAP_SIDE, cells };
}

function measureBlock(
  pixels: Uint8Array,
  widthPx: number,
  left: number,
  top: number,
  sidePx: number,
): { readonly mean: number; readonly deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < top + sidePx; y += 1) {
    for (let at = y * widthPx + left; at < y * widthPx + left + sidePx; at += 1) {
      const grey = pixels[at] ?? 0;
      sum += grey;
      squares += grey * grey;
    }
  }
  const count = sidePx * sidePx;
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
