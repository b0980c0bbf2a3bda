/** How the pixels of a device lie, from its profile. */
export interface PixelLayout {
  /** Whether ridges arrive dark or light. */
  readonly polarity: 'ridges-dark' | 'ridges-light';
  /** Where the tip of the finger is in the rows that arrive. */
  readonly orientation: 'tip-up' | 'tip-down';
  /** True when left and right are exchanged, as in a sensor that looks up through the glass. */
  readonly isMirrored: boolean;
}

/** Brings an image to ridges dark, tip up and not mirrored, in place: no second copy of a print is made. */
export function orientImage(
  pixels: Uint8Array,
  widthPx: number,
  { polarity, orientation, isMirrored }: PixelLayout,
): void {
  if (polarity === 'ridges-light') for (let at = 0; at < pixels.length; at += 1) pixels[at] = 255 - (pixels[at] ?? 0);
  // Half a turn, which is what a reader mounted the other way round needs, is the whole image read backwards.
  if (orientation === 'tip-down') pixels.reverse();
  if (isMirrored) {
    for (let from = 0; from < pixels.length; from += widthPx) pixels.subarray(from, from + widthPx).reverse();
  }
}
