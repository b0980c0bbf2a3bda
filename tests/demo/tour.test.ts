import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { MAXIMUM_TOUR_BYTES } from './tour/parameters.ts';
import { toPalettePng } from './tour/palette-png.ts';
import { fileOfStop, TOUR, tourPage } from './tour/tour-stops.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/tour');

describe('the tour', () => {
  test('has the pictures of its list and no others, with the page that is made of the same list', async () => {
    const files = (await readdir(FOLDER)).toSorted();
    expect(files).toEqual(['README.md', ...TOUR.map(({ name }) => fileOfStop(name))].toSorted());
    expect(await readFile(path.join(FOLDER, 'README.md'), 'utf8')).toBe(tourPage());
  });

  test('stays small enough to be kept with the code', async () => {
    const sizes = await Promise.all(
      (await readdir(FOLDER)).map(async (file) => (await stat(path.join(FOLDER, file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAXIMUM_TOUR_BYTES);
  });

  test('names each stop once and explains it in one or two sentences', () => {
    expect(new Set(TOUR.map(({ name }) => name)).size).toBe(TOUR.length);
    for (const { name, says } of TOUR) {
      const sentences = says.split(/(?<=[.:!?]) /).length;
      expect({ name, isShort: sentences <= 4 && says.length < 200 && /[.?]$/.test(says) }).toEqual({
        name,
        isShort: true,
      });
    }
    expect(() => fileOfStop('nowhere')).toThrow('nowhere');
  });
});

/** A picture whose pixel at (x, y) has the colour that is asked for. */
function picture(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]) {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colour(x, y), (y * width + x) * 3);
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}

describe('a picture with a palette', () => {
  test('is the same picture, read by another reader, where its colours fit', () => {
    const source = picture(33, 17, (x, y) => [x * 7, y * 15, (x * y) % 3]);
    const before = decode(source);
    const after = decode(toPalettePng(source));
    const palette = after.palette ?? [];
    const colours = [...after.data].flatMap((index) => palette[index] ?? []);
    expect([after.width, after.height]).toEqual([33, 17]);
    // 33 × 17 pixels have 561 colours at most: more than fit, so each channel may differ, and few do by much.
    const worst = colours.reduce((most, channel, at) => Math.max(most, Math.abs(channel - (before.data[at] ?? 0))), 0);
    expect(worst).toBeLessThan(64);
  });

  test('loses nothing of up to 256 colours', () => {
    const source = picture(16, 16, (x, y) => [x * 16, y * 16, 99]);
    const after = decode(toPalettePng(source));
    const colours = [...after.data].flatMap((index) => after.palette?.[index] ?? []);
    expect(colours).toEqual([...decode(source).data]);
  });
});
