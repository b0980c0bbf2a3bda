import { crc32, deflateSync } from 'node:zlib';
import { decode } from 'fast-png';

/** Colours of a picture. Source: PNG, an indexed picture has at most so many. */
const MAXIMUM_COLOURS = 256;
/** Bits of each channel by which colours are told apart, at first, when there are too many. */
const COARSE_BITS = 5;
/** The most frequent colours that are kept as they are. */
const FREQUENT_KEPT = 64;

/** A picture as indexes into a palette, which is a fraction of the size and loses nothing that a page shows. */
export function toPalettePng(png: Uint8Array): Uint8Array {
  const { channels, data, height, width } = decode(png);
  const pixels = width * height;
  const indexes = new Uint8Array(pixels);
  const { colours, indexOf } = paletteOf(data, channels, pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) indexes[pixel] = indexOf(colourAt(data, channels, pixel));
  // Each row begins with its filter; none suits indexes best.
  const rows = new Uint8Array(pixels + height);
  for (let row = 0; row < height; row += 1) {
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // Eight bits a pixel, indexed.
  header.setUint8(8, 8);
  header.setUint8(9, 3);
  const palette = Uint8Array.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

type Samples = ArrayLike<number>;

function colourAt(samples: Samples, channels: number, pixel: number): number {
  const at = pixel * channels;
  return ((samples[at] ?? 0) << 16) | ((samples[at + 1] ?? 0) << 8) | (samples[at + 2] ?? 0);
}

/** The picture's own colours where they fit; else the most frequent ones, and for every other one the nearest of them. */
function paletteOf(
  samples: Samples,
  channels: number,
  pixels: number,
): { readonly colours: readonly number[]; readonly indexOf: (colour: number) => number } {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const colour = colourAt(samples, channels, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const kept = frequent.length <= MAXIMUM_COLOURS ? frequent : spread(frequent);
  const known = new Map(kept.map((colour, index) => [colour, index]));
  return {
    colours: kept,
    indexOf(colour) {
      const found = known.get(colour);
      if (found !== undefined) return found;
      const nearest = kept.reduce((best, one) => (distance(one, colour) < distance(best, colour) ? one : best));
      const index = known.get(nearest) ?? 0;
      known.set(colour, index);
      return index;
    },
  };
}

/** The most frequent colours, and one of every part of the cube of colours: a rare tint is not lost to many greys. */
function spread(frequent: readonly number[]): readonly number[] {
  for (let bits = COARSE_BITS; bits > 1; bits -= 1) {
    const firsts = firstOfEachCell(frequent, bits);
    if (firsts.length <= MAXIMUM_COLOURS - FREQUENT_KEPT) {
      return [...new Set([...frequent.slice(0, FREQUENT_KEPT), ...firsts, ...frequent])].slice(0, MAXIMUM_COLOURS);
    }
  }
  return firstOfEachCell(frequent, 2);
}

function firstOfEachCell(frequent: readonly number[], bits: number): readonly number[] {
  const shift = 8 - bits;
  const cellOf = (colour: number): string =>
    [colour >> 16, (colour >> 8) & 255, colour & 255].map((channel) => channel >> shift).join();
  const firsts = new Map<string, number>();
  for (const colour of frequent) if (!firsts.has(cellOf(colour))) firsts.set(cellOf(colour), colour);
  return [...firsts.values()];
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const name = Buffer.from(type, 'latin1');
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, content.length);
  ends.setUint32(4, crc32(content, crc32(name)));
  const bytes = new Uint8Array(ends.buffer);
  return Buffer.concat([bytes.subarray(0, 4), name, content, bytes.subarray(4)]);
}
