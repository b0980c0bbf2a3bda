import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildDescriptiveRecord,
  buildTransactionRecord,
  buildVariableImageRecord,
} from '../../native-bridge/interchange/ansi-nist/build-records.ts';
import { writeTransaction } from '../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { writeMinutiaeTemplate } from '../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { encodeWsq } from '../../native-bridge/interchange/wsq/encode-wsq.ts';
import { drawRidges } from '../native-bridge/interchange/drawn-images.ts';
import type { SeedKind } from './exercise-interchange.ts';

const REAL_FILES = path.resolve(import.meta.dirname, '../../../shared/data/interchange');

/** A file to damage. */
export interface Seed {
  readonly name: string;
  readonly kind: SeedKind;
  readonly bytes: Uint8Array;
}

const ENDINGS: Readonly<Record<string, SeedKind>> = {
  '.wsq': 'wsq',
  '.an2': 'an2',
  '.dat': 'fmr',
  '.ist': 'fmr',
  '.iso': 'fmr',
};

/** The real files of at most `mostBytes`, and one of each kind made here, so that there is something without them. */
export function loadSeeds(mostBytes: number): Seed[] {
  const seeds = madeSeeds();
  if (!existsSync(REAL_FILES)) return seeds;
  for (const folder of ['wsq', 'an2', 'fmr']) {
    for (const name of readdirSync(path.join(REAL_FILES, folder)).toSorted()) {
      const kind = ENDINGS[path.extname(name)];
      if (!kind) continue;
      const bytes = readFileSync(path.join(REAL_FILES, folder, name));
      if (bytes.length <= mostBytes) seeds.push({ name, kind, bytes });
    }
  }
  return seeds;
}

function madeSeeds(): Seed[] {
  const image = drawRidges(96, 80);
  const wsq = encodeWsq(image);
  const frame = { widthPx: 96, heightPx: 80, xPixelsPerCm: 197, yPixelsPerCm: 197 };
  const minutia = { type: 'ending', xPx: 40, yPx: 30, angleUnits: 10, angleRad: 0.245, quality: 60 } as const;
  const view = { fingerPosition: 2, viewNumber: 0, impressionCode: 0, quality: 80, ridgeCounts: [], extensions: [] };
  const template = { deviceNumber: 1, complianceCode: 0, views: [{ ...frame, ...view, minutiae: [minutia, minutia] }] };
  return [
    { name: 'made.wsq', kind: 'wsq', bytes: wsq },
    { name: 'made.an2', kind: 'an2', bytes: madeTransaction(wsq) },
    { name: 'made.fmr', kind: 'fmr', bytes: writeMinutiaeTemplate(template) },
  ];
}

function madeTransaction(wsq: Uint8Array): Uint8Array {
  const head = buildTransactionRecord({
    version: '0500',
    transactionType: 'CHECK',
    date: '20261122',
    destinationAgency: 'D',
    originatingAgency: 'O',
    controlNumber: '7',
    nativeResolution: '00.00',
    nominalResolution: '00.00',
  });
  const image = buildVariableImageRecord({
    idc: 1,
    impressionCode: 0,
    sourceAgency: 'A',
    captureDate: '20261122',
    resolutionPpi: 500,
    fingerPosition: 2,
    image: { widthPx: 96, heightPx: 80, coding: 'WSQ20', bytes: wsq },
  });
  return writeTransaction({ records: [head, buildDescriptiveRecord(0, []), image] });
}
