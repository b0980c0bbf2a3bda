import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GreyImage } from '../../image/grey-image.ts';
import { decodeImage } from '../../image/read-image.ts';
import { writePng } from '../../image/write-png.ts';
import { decodeRecordImage, imageOfRecord, type RecordImage } from '../ansi-nist/image-record.ts';
import { readTransaction } from '../ansi-nist/read-transaction.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { readMinutiaeTemplate } from '../iso-19794/read-minutiae-template.ts';
import { writeMinutiaeTemplate } from '../iso-19794/write-minutiae-template.ts';
import { decodeWsq } from '../wsq/decode-wsq.ts';
import { encodeWsq } from '../wsq/encode-wsq.ts';
import { formatOf } from './file-format.ts';

/** What the command line says about a conversion. */
export interface ConvertOptions {
  readonly bitRateBpp: number | undefined;
  /** Resolution of an image whose file names none, pixels per inch. */
  readonly resolutionPpi: number | undefined;
  readonly isForgiving: boolean;
}

/** Ending of a file by the coding of the image in it. */
const ENDINGS: Readonly<Record<RecordImage['coding'], string>> = {
  NONE: '.raw',
  WSQ20: '.wsq',
  JPEGB: '.jpg',
  JPEGL: '.jpl',
  JP2: '.jp2',
  JP2L: '.jp2',
  PNG: '.png',
  unknown: '.bin',
};

/**
 * Converts a file by what it is and by the ending of `target`: WSQ to PNG, an image to WSQ, minutiae to ISO/IEC
 * 19794-2:2005, and a record to one image or, where `target` has no ending, to a folder of all of them. Answers the
 * names of the files written. Decoded pixels are zeroed before it returns.
 * @throws InterchangeFault or ImageFault
 */
export async function convertFile(bytes: Uint8Array, target: string, options: ConvertOptions): Promise<string[]> {
  const ending = path.extname(target).toLowerCase();
  switch (formatOf(bytes)) {
    case 'wsq':
      if (ending === '.wsq') throw new InterchangeFault('interchange.usage', { reason: 'already WSQ' });
      return writeImage(decodeWsq(bytes), target, ending, options);
    case 'minutiae':
      await writeFile(target, writeMinutiaeTemplate(readMinutiaeTemplate(bytes)));
      return [target];
    case 'ansi-nist':
      return extractImages(bytes, target, ending, options);
    default:
      return writeImage(decodeImage(bytes, { resolutionPpi: options.resolutionPpi }), target, ending, options);
  }
}

async function writeImage(
  image: GreyImage,
  target: string,
  ending: string,
  options: ConvertOptions,
): Promise<string[]> {
  try {
    if (ending === '.wsq') {
      const rate = options.bitRateBpp;
      await writeFile(target, encodeWsq(image, rate === undefined ? {} : { bitRateBpp: rate }));
    } else if (ending === '.png') await writeFile(target, writePng(image));
    else throw new InterchangeFault('interchange.usage', { reason: 'OUT must end in .png or .wsq' });
    return [target];
  } finally {
    image.pixels.fill(0);
  }
}

async function extractImages(
  bytes: Uint8Array,
  target: string,
  ending: string,
  options: ConvertOptions,
): Promise<string[]> {
  const transaction = readTransaction(bytes, { isForgiving: options.isForgiving });
  const images = transaction.records.flatMap((record, index) => {
    const image = imageOfRecord(record, transaction);
    return image ? [{ image, number: index + 1 }] : [];
  });
  const [only] = images;
  if (!only) throw new InterchangeFault('interchange.no-image', { records: transaction.records.length });
  if (ending !== '') {
    if (images.length > 1) {
      throw new InterchangeFault('interchange.usage', { images: images.length, reason: 'name a folder as OUT' });
    }
    if (ending !== ENDINGS[only.image.coding])
      return writeImage(decodeRecordImage(only.image), target, ending, options);
    // As it is in the record: another pass would lose more of it.
    await writeFile(target, only.image.bytes);
    return [target];
  }
  await mkdir(target, { recursive: true });
  const written: string[] = [];
  for (const { image, number } of images) written.push(await writeRecordImage(image, number, target, options));
  return written;
}

/** A PNG where the image can be decoded, else its bytes as they are. */
async function writeRecordImage(
  image: RecordImage,
  record: number,
  folder: string,
  options: ConvertOptions,
): Promise<string> {
  const position = image.fingerPositions[0];
  const finger = position === undefined ? '' : `-finger-${position}`;
  const stem = path.join(folder, `record-${record}-type-${image.recordType}${finger}`);
  if (image.bitsPerPixel === 8 && (image.coding === 'NONE' || image.coding === 'WSQ20')) {
    const [file = stem] = await writeImage(decodeRecordImage(image), `${stem}.png`, '.png', options);
    return file;
  }
  const file = `${stem}${ENDINGS[image.coding]}`;
  await writeFile(file, image.bytes);
  return file;
}
