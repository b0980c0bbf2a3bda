import { deflateSync } from 'node:zlib';
import { encode as encodeBmp } from 'fast-bmp';
import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { expect, test } from 'vitest';
import { ImageFault } from '../../../native-bridge/image/image-fault.ts';
import { decodeImage } from '../../../native-bridge/image/read-image.ts';
import { MAXIMUM_PIXELS } from '../../../native-bridge/image/read-image-parameters.ts';
import { writePng } from '../../../native-bridge/image/write-png.ts';
import { writeTiff } from './tiff-writer.ts';

const WIDTH = 24;
const HEIGHT = 17;
const GREYS = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 37) & 255);
const PNG = writePng({ widthPx: WIDTH, heightPx: HEIGHT, resolutionPpi: 500, pixels: GREYS });
const parts = { widthPx: WIDTH, heightPx: HEIGHT, resolution: [500, 1, 2] } as const;

const FILES: Readonly<Record<string, Uint8Array>> = {
  PNG,
  'interlaced PNG': encodePng({ width: WIDTH, height: HEIGHT, data: GREYS, channels: 1 }, { interlace: 'Adam7' }),
  TIFF: writeTiff({ ...parts, strip: GREYS }),
  'Deflate TIFF': writeTiff({ ...parts, strip: new Uint8Array(deflateSync(GREYS)), compression: 8 }),
  'LZW TIFF': writeTiff({ ...parts, strip: GREYS, compression: 5 }),
  'PackBits TIFF': writeTiff({ ...parts, strip: GREYS, compression: 32773 }),
  BMP: encodeBmp({ width: 8, height: 17, channels: 3, components: 3, bitsPerPixel: 24, data: GREYS }),
  PGM: Buffer.concat([new TextEncoder().encode(`P5 ${WIDTH} ${HEIGHT} 255\n`), GREYS]),
  'plain PGM': new TextEncoder().encode(`P2 ${WIDTH} ${HEIGHT} 255\n${[...GREYS].join(' ')}`),
};

for (const [format, file] of Object.entries(FILES)) {
  test(`a ${format} file with changed, added or missing bytes gives an image within bounds or an ImageFault`, () => {
    const change = fc.record({ at: fc.nat(file.length - 1), to: fc.nat(255) });
    const changes = fc.array(change, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.nat(file.length), fc.boolean(), (edits, length, isCut) => {
        const bytes = file.slice(0, isCut ? length : file.length);
        for (const { at, to } of edits) if (at < bytes.length) bytes[at] = to;
        try {
          const image = decodeImage(bytes, { resolutionPpi: 500 });
          expect(image.pixels.length).toBe(image.widthPx * image.heightPx);
          expect(image.pixels.length).toBeLessThanOrEqual(MAXIMUM_PIXELS);
        } catch (error) {
          expect(error).toBeInstanceOf(ImageFault);
        }
      }),
      { numRuns: 300, seed: 20_26 },
    );
  });
}
