import { describe, expect, test } from 'vitest';
import { readMinutiaeTemplate } from '../../../../native-bridge/interchange/iso-19794/read-minutiae-template.ts';
import { writeMinutiaeTemplate } from '../../../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { readReal, readRealPgm, realNames, LACKS_REAL_FILES, WHY_SKIPPED } from '../real-files.ts';
import { publishedForm, readPublished } from '../published-template.ts';

describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
  test('the published ISO and INCITS samples have the published values, every minutia of every view', () => {
    for (const name of ['iso19794p2v2005-sample', 'ansi378v2004-sample']) {
      const template = readMinutiaeTemplate(readReal(`fmr/${name}.dat`));
      expect(publishedForm(template)).toEqual(readPublished(name));
    }
  });

  test('every real ISO template is written again byte for byte', () => {
    const names = [...realNames('fmr', '.ist'), ...realNames('fmr', '.iso'), 'iso19794p2v2005-sample.dat'];
    expect(names.length).toBe(10);
    for (const name of names) {
      const bytes = readReal(`fmr/${name}`);
      const template = readMinutiaeTemplate(bytes);
      expect([name, template.isLengthExact]).toEqual([name, true]);
      expect([name, Buffer.compare(writeMinutiaeTemplate(template), bytes)]).toEqual([name, 0]);
    }
  });

  test('the frame of a template is the image that it was made from, and every minutia lies in it', () => {
    for (const name of realNames('fmr', '.ist')) {
      const image = readRealPgm(`fmr/${name.replace(/\.ist$/, '.pgm')}`);
      for (const view of readMinutiaeTemplate(readReal(`fmr/${name}`)).views) {
        expect([view.widthPx, view.heightPx]).toEqual([image.widthPx, image.heightPx]);
        expect(view.minutiae.every(({ xPx, yPx }) => xPx < image.widthPx && yPx < image.heightPx)).toBe(true);
      }
    }
  });

  test('an INCITS sample with a length two short is read and said not to be exact', () => {
    const template = readMinutiaeTemplate(readReal('fmr/ansi378v2004-sample.dat'));
    expect([template.format, template.isLengthExact]).toEqual(['incits-378-2004', false]);
  });
});

/** A 2011 record by hand, byte for byte from the tables of ISO/IEC 19794-2:2011 and 19794-1:2011. */
function edition2011(minutiaLength: 5 | 6, isCertified: boolean): Uint8Array {
  const minutiae = [
    [0x40, 100, 0x00, 50, 64, 90],
    [0x81, 0x2c, 0x01, 0x90, 255, 40],
  ].map((bytes) => bytes.slice(0, minutiaLength));
  const captured = [0x07, 0xea, 11, 22, 14, 30, 0, 0, 0]; // 2026-11-22 14:30:00.000
  const device = [4, 0x00, 0x42, 0x01, 0x23]; // technology, vendor, type
  const qualities = [2, 255, 0, 0x42, 0, 1, 77, 0, 0x42, 0, 2]; // two blocks, the first without a score
  const certificates = isCertified ? [1, 0x00, 0x42, 1] : [];
  const frame = [2, 0, 0x00, 0xc5, 0x00, 0xc5, 0, 0x01, 0x68, 0x01, 0xe0]; // right index, 197 px/cm, plain, 360 × 480
  const list = [minutiaLength * 16 + 1, minutiae.length, ...minutiae.flat()];
  const extended = [0, 6, 0x01, 0x01, 0, 6, 9, 8]; // two bytes of type 0x0101
  const representation = [...captured, ...device, ...qualities, ...certificates, ...frame, ...list, ...extended];
  const magic = [0x46, 0x4d, 0x52, 0, 0x30, 0x33, 0x30, 0];
  const total = magic.length + 7 + 4 + representation.length;
  const lengths = [0, 0, 0, total, 0, 1, isCertified ? 1 : 0, 0, 0, 0, 4 + representation.length];
  return Uint8Array.from([...magic, ...lengths, ...representation]);
}

test('a record of the 2011 edition is read with five- and six-byte minutiae, with and without certificates', () => {
  for (const length of [5, 6] as const) {
    for (const isCertified of [false, true]) {
      const template = readMinutiaeTemplate(edition2011(length, isCertified));
      expect([template.format, template.deviceNumber, template.views.length]).toEqual(['iso-19794-2:2011', 0x123, 1]);
      expect(template.views[0]).toMatchObject({
        fingerPosition: 2,
        impressionCode: 0,
        quality: 77,
        widthPx: 360,
        heightPx: 480,
        xPixelsPerCm: 197,
        minutiae: [
          { type: 'ending', xPx: 100, yPx: 50, angleUnits: 64, quality: length === 6 ? 90 : null },
          { type: 'bifurcation', xPx: 300, yPx: 400, angleUnits: 255, quality: length === 6 ? 40 : null },
        ],
      });
      expect(template.views[0]?.minutiae[0]?.angleRad).toBeCloseTo(Math.PI / 2, 12);
      expect(template.views[0]?.extensions.map(({ type, bytes }) => [type, ...bytes])).toEqual([[0x0101, 9, 8]]);
    }
  }
});

test('a record of the 2011 edition becomes one of 2005 with the same minutiae', () => {
  const [view] = readMinutiaeTemplate(edition2011(6, false)).views;
  const again = readMinutiaeTemplate(writeMinutiaeTemplate(readMinutiaeTemplate(edition2011(6, false))));
  expect(again.format).toBe('iso-19794-2:2005');
  expect(again.views[0]?.minutiae).toEqual(view?.minutiae);
});

/** An INCITS 378-2004 record by hand: one view of one minutia, and a ridge count that counts its own header. */
function incits2004(isLong: boolean, version: number): Uint8Array {
  const product = [0x00, 0x42, 0x00, 0x11];
  const frame = [0x80, 0xb5, 0x01, 0x68, 0x01, 0xe0, 0x00, 0xc5, 0x00, 0xc5, 1, 0];
  const view = [7, 0x10, 80, 1, 0x41, 0x2c, 0x00, 0x32, 90, 60];
  const extended = [0, 8, 0, 1, 0, 8, 0, 3, 4, 5];
  const length = 8 + (isLong ? 6 : 2) + product.length + frame.length + view.length + extended.length;
  const lengths = isLong ? [0, 0, 0, 0, 0, length] : [0, length];
  const magic = [0x46, 0x4d, 0x52, 0, version, 0x32, 0x30, 0];
  return Uint8Array.from([...magic, ...lengths, ...product, ...frame, ...view, ...extended]);
}

test('an INCITS record is read with a length of two bytes or of six, and with either version text', () => {
  const versions = [0x20, 0x30];
  for (const bytes of versions.flatMap((version) => [incits2004(false, version), incits2004(true, version)])) {
    const template = readMinutiaeTemplate(bytes);
    expect([template.format, template.isLengthExact]).toEqual(['incits-378-2004', true]);
    expect([template.deviceNumber, template.complianceCode, template.product]).toEqual([
      0xb5,
      8,
      { owner: 0x42, type: 0x11 },
    ]);
    const [view] = template.views;
    expect(view).toMatchObject({ fingerPosition: 7, viewNumber: 1, quality: 80, widthPx: 360, heightPx: 480 });
    expect(view?.minutiae).toMatchObject([
      { type: 'ending', xPx: 300, yPx: 50, angleUnits: 90, angleRad: Math.PI, quality: 60 },
    ]);
    expect(view?.ridgeCounts).toEqual([{ from: 3, to: 4, ridges: 5 }]);
  }
});
