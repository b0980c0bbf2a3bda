import { lumaOf, overWhite } from './decoded-image.ts';

/** The parts of a PNG header that say what a sample is. */
export interface PngHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly depth: number;
  readonly colourType: number;
  readonly channels: number;
}

/** `colours`: three bytes an entry; `opacities`: one byte for each of the first entries, 255 for the others. */
export interface PngPalette {
  readonly colours: Uint8Array;
  readonly opacities: Uint8Array;
}

/** Writes one unfiltered row as 8-bit grey into every `step`-th byte of `target`. Of 16-bit samples the high byte counts. */
export function greyOfPngRow(
  header: PngHeader,
  palette: PngPalette,
  row: Uint8Array,
  columns: number,
  target: Uint8Array,
  step: number,
): void {
  const { depth, colourType, channels } = header;
  if (depth < 8) {
    const mask = (1 << depth) - 1;
    const scale = 255 / mask;
    for (let x = 0; x < columns; x++) {
      const bit = x * depth;
      const sample = (row[bit >> 3] >> (8 - depth - (bit & 7))) & mask;
      target[x * step] = colourType === 3 ? greyOfEntry(palette, sample) : sample * scale;
    }
    return;
  }
  const bytesPerSample = depth >> 3;
  for (let x = 0; x < columns; x++) {
    const at = x * channels * bytesPerSample;
    const first = row[at];
    const last = row[at + (channels - 1) * bytesPerSample];
    if (colourType === 3) target[x * step] = greyOfEntry(palette, first);
    else if (channels < 3) target[x * step] = channels === 2 ? overWhite(first, last) : first;
    else {
      const luma = lumaOf(first, row[at + bytesPerSample], row[at + 2 * bytesPerSample]);
      target[x * step] = channels === 4 ? overWhite(luma, last) : luma;
    }
  }
}

/** An entry that the palette does not have is black, as decoders commonly show it. */
function greyOfEntry({ colours, opacities }: PngPalette, entry: number): number {
  if (3 * entry + 2 >= colours.length) return 0;
  const luma = lumaOf(colours[3 * entry], colours[3 * entry + 1], colours[3 * entry + 2]);
  return entry < opacities.length ? overWhite(luma, opacities[entry]) : luma;
}
