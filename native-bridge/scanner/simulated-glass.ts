import type { GreyImage } from '../image/grey-image.ts';
import { fitToGeometry } from './fit-to-geometry.ts';

/** What the sensor of a simulated device can see. */
export interface GlassGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
}

/** Grey of clean glass with nothing on it: white, so that an image on it comes through byte for byte. */
const CLEAN_GREY = 255;
/** Period of the ridges of a print left on the glass, mm; that of a grown-up is about half a millimetre. */
const LATENT_RIDGE_PERIOD_MM = 0.46;
/** How far the grease of a print left on the glass darkens it, grey levels. */
const LATENT_CONTRAST = 60;
/** How far dirt darkens the glass, grey levels. */
const DIRT_CONTRAST = 120;
/** Smears on a dirty glass. */
const DIRT_SMEARS = 60;

/** The glass of a simulated device: what lies on it, seen as the sensor sees it. */
export class SimulatedGlass {
  readonly geometry: GlassGeometry;
  readonly #residue: Uint8Array<ArrayBuffer>;
  #finger: Uint8Array<ArrayBuffer> | undefined;

  constructor(geometry: GlassGeometry) {
    this.geometry = geometry;
    this.#residue = new Uint8Array(geometry.widthPx * geometry.heightPx).fill(CLEAN_GREY);
  }

  get isTouched(): boolean {
    return this.#finger !== undefined;
  }

  /** Puts a finger down, or moves the one that lies there. The image is copied and fitted, never kept. */
  touch(image: GreyImage): void {
    this.lift();
    const { widthPx, heightPx, resolutionPpi } = this.geometry;
    this.#finger = fitToGeometry(image, widthPx, heightPx, resolutionPpi);
  }

  lift(): void {
    this.#finger?.fill(0);
    this.#finger = undefined;
  }

  /** Wipes the glass clean. */
  clean(): void {
    this.#residue.fill(CLEAN_GREY);
  }

  /** Smears dirt over the glass; `random` gives 0 to 1. */
  smear(random: () => number): void {
    const { widthPx, heightPx } = this.geometry;
    for (let smear = 0; smear < DIRT_SMEARS; smear += 1) {
      const middleX = random() * widthPx;
      const middleY = random() * heightPx;
      const radiusPx = (0.01 + 0.03 * random()) * widthPx;
      this.#darken((x, y) => DIRT_CONTRAST * Math.max(0, 1 - Math.hypot(x - middleX, y - middleY) / radiusPx));
    }
  }

  /** Leaves the grease of an earlier finger: faint concentric ridges in the middle. */
  leaveLatent(): void {
    const { widthPx, heightPx, resolutionPpi } = this.geometry;
    const periodPx = (LATENT_RIDGE_PERIOD_MM * resolutionPpi) / 25.4;
    this.#darken((x, y) => {
      const fromMiddlePx = Math.hypot(x - widthPx / 2, (y - heightPx / 2) * 0.75);
      if (fromMiddlePx > 0.3 * widthPx) return 0;
      return LATENT_CONTRAST * (0.5 + 0.5 * Math.cos((2 * Math.PI * fromMiddlePx) / periodPx));
    });
  }

  /** What the sensor sees now: the darker of the finger and of what was left on the glass. New memory, the caller clears it. */
  see(): Uint8Array<ArrayBuffer> {
    const seen = Uint8Array.from(this.#residue);
    const finger = this.#finger;
    if (finger !== undefined) {
      for (let at = 0; at < seen.length; at += 1) seen[at] = Math.min(seen[at] ?? 0, finger[at] ?? 0);
    }
    return seen;
  }

  #darken(by: (x: number, y: number) => number): void {
    const { widthPx } = this.geometry;
    for (let at = 0; at < this.#residue.length; at += 1) {
      const amount = by(at % widthPx, Math.floor(at / widthPx));
      if (amount > 0) this.#residue[at] = Math.max(0, (this.#residue[at] ?? 0) - amount);
    }
  }
}
