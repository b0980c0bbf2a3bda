import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { encode as encodeBmp } from 'fast-bmp';
import { encode as encodePng } from 'fast-png';
import { decode as decodeTiff } from 'tiff';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lumaOf, overWhite } from '../../../native-bridge/image/decoded-image.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { ImageFault, type ImageFaultCode } from '../../../native-bridge/image/image-fault.ts';
import { listImageFiles } from '../../../native-bridge/image/list-image-files.ts';
import { decodeImage, readImageFile } from '../../../native-bridge/image/read-image.ts';
import { writePng } from '../../../native-bridge/image/write-png.ts';
import { writeTiff } from './tiff-writer.ts';

const WIDTH = 13;
const HEIGHT = 7;
const GREYS = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 37 + (i >> 3) * 11) & 255);
const COLOURS = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 29 + (i >> 2) * 7) & 255);
const GREYS_OF_COLOURS = Uint8Array.from(GREYS, (_, i) =>
  lumaOf(COLOURS[3 * i], COLOURS[3 * i + 1], COLOURS[3 * i + 2]),
);
const AT_500 = { resolutionPpi: 500 };

function faultOf(act: () => unknown): ImageFaultCode | 'no fault' {
  try {
    act();
  } catch (error) {
    if (error instanceof ImageFault) return error.code;
    throw error;
  }
  return 'no fault';
}

function expectImage(image: GreyImage, pixels: Uint8Array, resolutionPpi: number): void {
  expect({ ...image, pixels: [...image.pixels] }).toEqual({
    widthPx: WIDTH,
    heightPx: HEIGHT,
    resolutionPpi,
    pixels: [...pixels],
  });
}

describe('PNG', () => {
  test('a written image is read back pixel for pixel at 500 ppi', () => {
    const bytes = writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS });
    expectImage(decodeImage(bytes), GREYS, 500);
  });

  test('an image written twice gives the same bytes', () => {
    const image = { widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS };
    expect(Buffer.compare(writePng(image), writePng(image))).toBe(0);
  });

  test('an interlaced image of another encoder is read pixel for pixel', () => {
    const bytes = encodePng({ width: WIDTH, height: HEIGHT, data: GREYS, channels: 1 }, { interlace: 'Adam7' });
    expectImage(decodeImage(bytes, AT_500), GREYS, 500);
  });

  test('colour is read as luma', () => {
    const bytes = encodePng({ width: WIDTH, height: HEIGHT, data: COLOURS, channels: 3 });
    expectImage(decodeImage(bytes, AT_500), GREYS_OF_COLOURS, 500);
  });

  test('opacity is seen over white paper', () => {
    const data = Uint8Array.from({ length: WIDTH * HEIGHT * 2 }, (_, i) => (i & 1 ? (i * 5) & 255 : GREYS[i >> 1]));
    const bytes = encodePng({ width: WIDTH, height: HEIGHT, data, channels: 2 });
    const expected = Uint8Array.from(GREYS, (grey, i) => overWhite(grey, data[2 * i + 1]));
    expectImage(decodeImage(bytes, AT_500), expected, 500);
  });

  test('the high byte of a 16-bit sample is its grey', () => {
    const data = Uint16Array.from(GREYS, (grey, i) => grey * 256 + (i & 255));
    const bytes = encodePng({ width: WIDTH, height: HEIGHT, data, channels: 1, depth: 16 });
    expectImage(decodeImage(bytes, AT_500), GREYS, 500);
  });

  test('palette entries are read as the luma of their colours', () => {
    const palette = Array.from({ length: 256 }, (_, i) => [i, 255 - i, (i * 3) & 255]);
    const bytes = encodePng({ width: WIDTH, height: HEIGHT, data: GREYS, channels: 1, palette });
    const expected = Uint8Array.from(GREYS, (entry) => lumaOf(palette[entry][0], palette[entry][1], palette[entry][2]));
    expectImage(decodeImage(bytes, AT_500), expected, 500);
  });

  test('a changed byte of the pixels is noticed by the check sum', () => {
    const bytes = writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS });
    bytes[70] ^= 1;
    expect(faultOf(() => decodeImage(bytes))).toBe('image.damaged');
  });
});

describe('TIFF', () => {
  const resolution = [5000, 10, 2] as const;

  test('an uncompressed grey image is read as another decoder reads it', () => {
    const bytes = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, resolution });
    expect([...decodeTiff(bytes)[0].data]).toEqual([...GREYS]);
    expectImage(decodeImage(bytes), GREYS, 500);
  });

  test('a resolution in centimetres is turned into inches', () => {
    const bytes = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, resolution: [19685, 100, 3] });
    expectImage(decodeImage(bytes), GREYS, 500);
  });

  test('a Deflate strip with horizontal differences is read as another decoder reads it', () => {
    const differences = Uint8Array.from(GREYS, (grey, i) => grey - (i % WIDTH === 0 ? 0 : GREYS[i - 1]));
    const strip = new Uint8Array(deflateSync(differences));
    const bytes = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip, resolution, compression: 8, predictor: 2 });
    expect([...decodeTiff(bytes)[0].data]).toEqual([...GREYS]);
    expectImage(decodeImage(bytes), GREYS, 500);
  });

  test('an LZW strip is read as another decoder reads it', () => {
    // A run of one grey, worked by hand: clear, 7, 258 (77), 259 (777), 260 (7777), …, end, each of nine bits.
    const codes = [256, 7, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 257];
    const strip = new Uint8Array(Math.ceil((codes.length * 9) / 8));
    codes.forEach((code, index) => {
      for (let bit = 0; bit < 9; bit++) {
        const at = index * 9 + bit;
        if ((code >> (8 - bit)) & 1) strip[at >> 3] |= 128 >> (at & 7);
      }
    });
    const bytes = writeTiff({ widthPx: 13, heightPx: 6, strip, resolution, compression: 5 });
    expect([...decodeTiff(bytes)[0].data]).toEqual(Array.from({ length: 78 }, () => 7));
    expect([...decodeImage(bytes).pixels]).toEqual(Array.from({ length: 78 }, () => 7));
  });

  test('a PackBits strip is expanded', () => {
    const strip = Uint8Array.of(2, 10, 20, 30, 0xfe, 99, 128, 0, 5);
    const bytes = writeTiff({ widthPx: 7, heightPx: 1, strip, resolution, compression: 32773 });
    expect([...decodeImage(bytes).pixels]).toEqual([10, 20, 30, 99, 99, 99, 5]);
  });

  test('white-is-zero, 16-bit, one-bit, palette and colour images are read as 8-bit grey', () => {
    const inverted = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, photometric: 0 });
    expectImage(
      decodeImage(inverted, AT_500),
      GREYS.map((grey) => 255 - grey),
      500,
    );
    const deep = Uint8Array.from({ length: GREYS.length * 2 }, (_, i) => (i & 1 ? GREYS[i >> 1] : 0x5a));
    const sixteen = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: deep, bitsPerSample: [16] });
    expectImage(decodeImage(sixteen, AT_500), GREYS, 500);
    const oneBit = writeTiff({ widthPx: 9, heightPx: 1, strip: Uint8Array.of(0b1010_0011, 128), bitsPerSample: [1] });
    expect([...decodeImage(oneBit, AT_500).pixels]).toEqual([255, 0, 255, 0, 0, 0, 255, 255, 255]);
    const colourMap = Array.from({ length: 768 }, (_, i) => (255 - (i & 255)) * 257);
    const palette = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, photometric: 3, colourMap });
    expectImage(
      decodeImage(palette, AT_500),
      GREYS.map((grey) => 255 - grey),
      500,
    );
    const colour = writeTiff({
      widthPx: WIDTH,
      heightPx: HEIGHT,
      strip: COLOURS,
      photometric: 2,
      bitsPerSample: [8, 8, 8],
    });
    expectImage(decodeImage(colour, AT_500), GREYS_OF_COLOURS, 500);
  });

  test('a tiled image and an upside-down one are refused as unsupported', () => {
    for (const extra of [
      [322, 4, [16]],
      [274, 3, [3]],
    ] as const) {
      const bytes = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, extraTags: [extra] });
      expect(faultOf(() => decodeImage(bytes, AT_500))).toBe('image.unsupported');
    }
  });
});

describe('BMP', () => {
  test('a colour image of another encoder is read as luma at the resolution that it names', () => {
    const bytes = encodeBmp({
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      components: 3,
      bitsPerPixel: 24,
      data: COLOURS,
      xPixelsPerMeter: 19685,
      yPixelsPerMeter: 19685,
    });
    expectImage(decodeImage(bytes), GREYS_OF_COLOURS, 500);
  });

  test('a grey image is read through its palette, whichever row comes first', () => {
    for (const isTopDown of [false, true]) {
      const rowBytes = 16;
      const file = new Uint8Array(54 + 1024 + rowBytes * HEIGHT);
      const view = new DataView(file.buffer);
      file.set([0x42, 0x4d]);
      view.setUint32(10, 54 + 1024, true);
      view.setUint32(14, 40, true);
      view.setInt32(18, WIDTH, true);
      view.setInt32(22, isTopDown ? -HEIGHT : HEIGHT, true);
      view.setUint16(28, 8, true);
      for (let entry = 0; entry < 256; entry++) file.fill(255 - entry, 54 + 4 * entry, 57 + 4 * entry);
      for (let y = 0; y < HEIGHT; y++) {
        const row = isTopDown ? y : HEIGHT - 1 - y;
        file.set(GREYS.subarray(y * WIDTH, (y + 1) * WIDTH), 54 + 1024 + row * rowBytes);
      }
      expectImage(
        decodeImage(file, AT_500),
        GREYS.map((entry) => 255 - entry),
        500,
      );
    }
  });
});

describe('PGM', () => {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);

  test('binary, 16-bit and plain images are read, comments left out', () => {
    expectImage(
      decodeImage(Buffer.concat([text(`P5\n# made by hand\n${WIDTH} ${HEIGHT}\n255\n`), GREYS]), AT_500),
      GREYS,
      500,
    );
    const deep = Uint8Array.from({ length: GREYS.length * 2 }, (_, i) => GREYS[i >> 1]);
    expectImage(decodeImage(Buffer.concat([text(`P5 ${WIDTH} ${HEIGHT} 65535\n`), deep]), AT_500), GREYS, 500);
    expectImage(decodeImage(text(`P2\n${WIDTH} ${HEIGHT} 255\n${[...GREYS].join('\n')}`), AT_500), GREYS, 500);
  });

  test('a smaller greatest value is stretched to white', () => {
    expect([...decodeImage(text('P2 3 1 3 0 1 3'), AT_500).pixels]).toEqual([0, 85, 255]);
  });
});

describe('bad input', () => {
  const png = writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS });

  test('a file that is no image, an empty file and an image of no width are told apart', () => {
    expect(faultOf(() => decodeImage(new TextEncoder().encode('not a fingerprint')))).toBe('image.not-an-image');
    expect(faultOf(() => decodeImage(new Uint8Array(0)))).toBe('image.empty');
    expect(faultOf(() => decodeImage(new TextEncoder().encode('P5 0 4 255\n'), AT_500))).toBe('image.empty');
  });

  test('an image without a resolution, or with that of a screen, asks for one', () => {
    const silent = encodePng({ width: WIDTH, height: HEIGHT, data: GREYS, channels: 1 });
    const screen = writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 96, pixels: GREYS });
    for (const bytes of [silent, screen]) {
      expect(faultOf(() => decodeImage(bytes))).toBe('image.resolution-missing');
      expect(decodeImage(bytes, { resolutionPpi: 569 }).resolutionPpi).toBe(569);
    }
  });

  test('the resolution that a file names wins over the option', () => {
    expect(decodeImage(png, { resolutionPpi: 1000 }).resolutionPpi).toBe(500);
  });

  test('an image of 5,000 × 5,000 is refused before its pixels are looked for, in every format', () => {
    const side = 5_000;
    const large = encodePng({ width: side, height: side, data: new Uint8Array(side * side), channels: 1 });
    const bmp = encodeBmp({
      width: 4,
      height: 4,
      channels: 3,
      components: 3,
      bitsPerPixel: 24,
      data: new Uint8Array(48),
    });
    new DataView(bmp.buffer, bmp.byteOffset).setInt32(18, side, true);
    const files = [
      large.subarray(0, 64),
      writeTiff({ widthPx: side, heightPx: side, strip: new Uint8Array(2) }),
      new TextEncoder().encode(`P5 ${side} ${side} 255\n`),
      bmp,
    ];
    expect(files.map((bytes) => faultOf(() => decodeImage(bytes, AT_500)))).toEqual(files.map(() => 'image.too-large'));
  });

  test('an image of one pixel is an image: what is too small is for the matcher to say', () => {
    expect(decodeImage(new TextEncoder().encode('P2 1 1 255 9'), AT_500)).toMatchObject({ widthPx: 1, heightPx: 1 });
  });

  test('a small file whose pixels inflate to far more than its header says is refused', () => {
    const bomb = deflateSync(new Uint8Array(20_000_000));
    const tiff = writeTiff({ widthPx: 4, heightPx: 4, strip: new Uint8Array(bomb), compression: 8 });
    expect(faultOf(() => decodeImage(tiff, AT_500))).toBe('image.damaged');
  });

  test('every image cut short is refused, at whatever byte it ends', () => {
    const tiff = writeTiff({ widthPx: WIDTH, heightPx: HEIGHT, strip: GREYS, resolution: [500, 1, 2] });
    const pgm = Buffer.concat([new TextEncoder().encode(`P5 ${WIDTH} ${HEIGHT} 255\n`), GREYS]);
    for (const bytes of [png, tiff, pgm]) {
      // The last two bytes of a TIFF's last (short) value are padding, and the four after it point at the next image.
      const needed = bytes === tiff ? bytes.length - 6 : bytes.length;
      for (let length = 8; length < needed; length++) {
        expect(['image.truncated', 'image.damaged'], `${length} bytes`).toContain(
          faultOf(() => decodeImage(bytes.slice(0, length), AT_500)),
        );
      }
    }
  });
});

describe('files and folders', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'read-image-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('a folder lists its image files in counting order and leaves the others out', async () => {
    const names = ['10_1.png', '2_1.PNG', 'readme.txt', '2_2.tif'];
    await Promise.all(names.map((name) => writeFile(path.join(folder, name), 'x')));
    const listed = await listImageFiles(folder);
    expect(listed.map((file) => path.basename(file))).toEqual(['2_1.PNG', '2_2.tif', '10_1.png']);
  });

  test('a folder without an image file is refused', async () => {
    const empty = await mkdtemp(path.join(folder, 'empty-'));
    await expect(listImageFiles(empty)).rejects.toMatchObject({ code: 'image.folder-empty' });
    await expect(listImageFiles(path.join(folder, 'absent'))).rejects.toMatchObject({ code: 'image.unreadable' });
  });

  test('a file is read from disk, and one that is absent or a folder is unreadable', async () => {
    const file = path.join(folder, 'print.png');
    await writeFile(file, writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS }));
    expectImage(await readImageFile(file), GREYS, 500);
    await expect(readImageFile(path.join(folder, 'absent.png'))).rejects.toMatchObject({ code: 'image.unreadable' });
    await expect(readImageFile(folder)).rejects.toMatchObject({ code: 'image.unreadable' });
  });
});
