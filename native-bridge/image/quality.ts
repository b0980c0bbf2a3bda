import type { GreyImage } from './grey-image.ts';

/** Why a capture is worse than it could be, as a code; the officer's words are looked up elsewhere. */
export type QualityReason = 'too-dry' | 'too-wet' | 'too-small-an-area' | 'off-centre' | 'smudged' | 'blank';

/** What a glance at an image tells. */
export interface QualityAssessment {
  /** 0–100, higher is better. */
  readonly quality: number;
  /** The reasons an officer can act on, the weightiest first. */
  readonly reasons: readonly QualityReason[];
  /** Share of the image that shows a finger, 0–1. */
  readonly coverageShare: number;
}

/** Side of a block, pixels; at 500 ppi two ridges. */
const BLOCK_PX = 16;
/** Least standard deviation of a block of finger, grey levels, and as a share of the strongest blocks'. */
const LEAST_DEVIATION = 8;
const LEAST_DEVIATION_SHARE = 0.3;
/** Finger area below which a capture is too small, and area from which more adds nothing, square inches. */
const LEAST_AREA_INCH2 = 0.15;
const FULL_AREA_INCH2 = 0.36;
/** Share of ridge (dark) pixels beyond which a print is wet, or below which it is dry. */
const WET_DARK_SHARE = 0.58;
const DRY_DARK_SHARE = 0.17;
/** Dark share from which wetness costs, and what wetness and dryness cost per unit of dark share. */
const WET_FROM_SHARE = 0.48;
const WET_COST = 2.5;
const DRY_COST = 2;
/** Mean coherence of the ridge flow: below the first it is smudged, from the second on as clear as can be. */
const SMUDGED_COHERENCE = 0.38;
const CLEAR_COHERENCE = 0.7;
/** Distance of the finger's centre from the image's, as a share of the shorter side. */
const OFF_CENTRE_SHARE = 0.3;

interface BlockReading {
  readonly deviation: number;
  readonly coherence: number;
  readonly darkShare: number;
}

function readBlock(image: GreyImage, left: number, top: number): BlockReading {
  const { pixels, widthPx } = image;
  let [sum, square, horizontal, vertical, product] = [0, 0, 0, 0, 0];
  let [lightest, darkest] = [0, 255];
  for (let y = top; y < top + BLOCK_PX; y += 1) {
    const row = y * widthPx;
    for (let x = left + (y & 1); x < left + BLOCK_PX; x += 2) {
      const value = pixels[row + x];
      sum += value;
      square += value * value;
      lightest = Math.max(lightest, value);
      darkest = Math.min(darkest, value);
      const gx = pixels[row + x + 1] - pixels[row + x - 1];
      const gy = pixels[row + widthPx + x] - pixels[row - widthPx + x];
      horizontal += gx * gx;
      vertical += gy * gy;
      product += gx * gy;
    }
  }
  const count = (BLOCK_PX * BLOCK_PX) / 2;
  const mean = sum / count;
  const energy = horizontal + vertical;
  return {
    deviation: Math.sqrt(Math.max(0, square / count - mean * mean)),
    coherence: energy === 0 ? 0 : Math.hypot(horizontal - vertical, 2 * product) / energy,
    // Where the mean lies between the extremes tells how much of the block is ridge, without a second pass.
    darkShare: lightest === darkest ? 0.5 : (lightest - mean) / (lightest - darkest),
  };
}

interface FingerReading {
  readonly blocks: number;
  readonly coherence: number;
  readonly darkShare: number;
  readonly offCentreShare: number;
}

function readFinger(image: GreyImage): FingerReading {
  const columns = Math.floor((image.widthPx - 2) / BLOCK_PX);
  const rows = Math.floor((image.heightPx - 2) / BLOCK_PX);
  const readings: (BlockReading & { readonly x: number; readonly y: number })[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [x, y] = [1 + column * BLOCK_PX, 1 + row * BLOCK_PX];
      readings.push({ ...readBlock(image, x, y), x: x + BLOCK_PX / 2, y: y + BLOCK_PX / 2 });
    }
  }
  const strongest = readings.map((reading) => reading.deviation).sort((a, b) => b - a)[
    Math.floor(readings.length / 10)
  ];
  const least = Math.max(LEAST_DEVIATION, (strongest ?? 0) * LEAST_DEVIATION_SHARE);
  const finger = readings.filter((reading) => reading.deviation >= least && reading.coherence > 0.15);
  const mean = (value: (reading: (typeof readings)[number]) => number): number =>
    finger.reduce((sum, reading) => sum + value(reading), 0) / Math.max(1, finger.length);
  const offCentrePx = Math.hypot(mean(({ x }) => x) - image.widthPx / 2, mean(({ y }) => y) - image.heightPx / 2);
  return {
    blocks: finger.length,
    coherence: mean(({ coherence }) => coherence),
    darkShare: mean(({ darkShare }) => darkShare),
    offCentreShare: offCentrePx / Math.min(image.widthPx, image.heightPx),
  };
}

/**
 * Judges a capture or a preview by contrast, ridge flow, area and placement. Reads each pixel at most twice: a preview of
 * 500 × 500 px takes 1–3 ms. Keeps nothing of the image.
 */
export function assessQuality(image: GreyImage): QualityAssessment {
  const finger = readFinger(image);
  const coverageShare = Math.min(1, (finger.blocks * BLOCK_PX ** 2) / Math.max(1, image.widthPx * image.heightPx));
  const areaInch2 = (finger.blocks * BLOCK_PX ** 2) / image.resolutionPpi ** 2;
  if (areaInch2 < LEAST_AREA_INCH2 / 8) return { quality: 0, reasons: ['blank'], coverageShare };
  const reasons: QualityReason[] = [];
  if (areaInch2 < LEAST_AREA_INCH2) reasons.push('too-small-an-area');
  if (finger.darkShare > WET_DARK_SHARE) reasons.push('too-wet');
  if (finger.darkShare < DRY_DARK_SHARE) reasons.push('too-dry');
  if (finger.coherence < SMUDGED_COHERENCE) reasons.push('smudged');
  if (finger.offCentreShare > OFF_CENTRE_SHARE) reasons.push('off-centre');
  const area = Math.min(1, areaInch2 / FULL_AREA_INCH2);
  const clarity = Math.max(0, Math.min(1, finger.coherence / CLEAR_COHERENCE));
  // Wet skin closes the valleys and costs more than dry skin, whose ridges only break.
  const wetness = Math.max(0, finger.darkShare - WET_FROM_SHARE) * WET_COST;
  const dryness = Math.max(0, DRY_DARK_SHARE - finger.darkShare) * DRY_COST;
  const evenness = Math.max(0, 1 - wetness - dryness);
  const quality = Math.round(100 * (area * evenness) ** 0.8 * clarity ** 0.4);
  return { quality, reasons, coverageShare };
}
