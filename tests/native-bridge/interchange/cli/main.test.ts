import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeImage } from '../../../../native-bridge/image/read-image.ts';
import { writePng } from '../../../../native-bridge/image/write-png.ts';
import {
  buildDescriptiveRecord,
  buildTransactionRecord,
  buildVariableImageRecord,
} from '../../../../native-bridge/interchange/ansi-nist/build-records.ts';
import { writeTransaction } from '../../../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { convertFile } from '../../../../native-bridge/interchange/cli/convert-file.ts';
import { describeTransaction } from '../../../../native-bridge/interchange/cli/describe-transaction.ts';
import { describeWsq } from '../../../../native-bridge/interchange/cli/describe-wsq.ts';
import { renderDescription } from '../../../../native-bridge/interchange/cli/description.ts';
import { decodeWsq } from '../../../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { drawRidges } from '../drawn-images.ts';
import { expectFault } from '../expect-fault.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../../native-bridge/interchange/cli/main.ts');
const OPTIONS = { bitRateBpp: undefined, resolutionPpi: undefined, isForgiving: false };

const image = drawRidges(96, 80);
const wsq = encodeWsq(image);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interchange-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...args]);
    return { code: 0, stdout, stderr };
  } catch (failure) {
    const { code = -1, stdout = '', stderr = '' } = failure as { code?: number; stdout?: string; stderr?: string };
    return { code, stdout, stderr };
  }
}

function record(fingerPosition: number) {
  return buildVariableImageRecord({
    idc: fingerPosition,
    impressionCode: 0,
    sourceAgency: 'A',
    captureDate: '20261122',
    resolutionPpi: 500,
    fingerPosition,
    image: { widthPx: 96, heightPx: 80, coding: 'WSQ20', bytes: wsq },
  });
}

function transaction(...positions: readonly number[]): Uint8Array {
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
  const text = buildDescriptiveRecord(0, [{ number: 3, subfields: [['a', 'b\u007f']] }]);
  return writeTransaction({ records: [head, text, ...positions.map(record)] });
}

test('inspect prints a WSQ file as one JSON line, and as text with the same numbers', async () => {
  const file = path.join(folder, 'a.wsq');
  await writeFile(file, wsq);
  const { code, stdout } = await run('inspect', file, '--json');
  expect([code, JSON.parse(stdout)]).toEqual([0, JSON.parse(JSON.stringify(describeWsq(wsq)))]);
  expect(JSON.parse(stdout)).toMatchObject({ format: 'wsq', widthPx: 96, heightPx: 80, statedResolutionPpi: 500 });
  expect(renderDescription(describeWsq(wsq))).toContain('widthPx: 96\n');
});

test('an unknown file ends with 1 and its code, a wrong command line with 2 and the usage', async () => {
  const file = path.join(folder, 'b.txt');
  await writeFile(file, 'hello');
  const unknown = await run('inspect', file);
  expect([unknown.code, unknown.stderr]).toEqual([1, 'interchange.format-unknown {"bytes":5}\n']);
  const usage = await run('explain', file);
  expect(usage.code).toBe(2);
  expect(usage.stderr).toContain('usage: interchange inspect FILE');
});

test('a PNG becomes WSQ and a WSQ becomes PNG, with the resolution kept', async () => {
  const target = path.join(folder, 'c.wsq');
  const doubled = writePng({ ...image, resolutionPpi: 1_000 });
  expect(await convertFile(doubled, target, OPTIONS)).toEqual([target]);
  const encoded = decodeWsq(await readFile(target));
  expect(encoded.pixels).toEqual(decodeWsq(wsq).pixels);
  const back = path.join(folder, 'c.png');
  await convertFile(await readFile(target), back, OPTIONS);
  const png = decodeImage(await readFile(back));
  expect([png.resolutionPpi, png.pixels]).toEqual([1_000, encoded.pixels]);
});

test('the images of a record go into a folder, named for record and finger', async () => {
  const target = path.join(folder, 'fingers');
  await convertFile(transaction(2, 7), target, OPTIONS);
  expect((await readdir(target)).toSorted()).toEqual([
    'record-3-type-14-finger-2.png',
    'record-4-type-14-finger-7.png',
  ]);
  const png = decodeImage(await readFile(path.join(target, 'record-3-type-14-finger-2.png')));
  expect(png.pixels).toEqual(decodeWsq(wsq).pixels);
});

test('a WSQ image is taken out of a record as it is, and never compressed twice', async () => {
  const target = path.join(folder, 'e.wsq');
  await convertFile(transaction(2), target, OPTIONS);
  expect(Buffer.compare(await readFile(target), wsq)).toBe(0);
  await expect(convertFile(wsq, target, OPTIONS)).rejects.toMatchObject({ code: 'interchange.usage' });
});

test('one image of a record may be named as a file; of two, a folder is asked for; none is said', async () => {
  const target = path.join(folder, 'd.png');
  expect(await convertFile(transaction(2), target, OPTIONS)).toEqual([target]);
  await expect(convertFile(transaction(2, 7), target, OPTIONS)).rejects.toMatchObject({ code: 'interchange.usage' });
  await expect(convertFile(transaction(), target, OPTIONS)).rejects.toMatchObject({ code: 'interchange.no-image' });
  await expect(convertFile(wsq, path.join(folder, 'd.gif'), OPTIONS)).rejects.toMatchObject({
    code: 'interchange.usage',
  });
});

test('a described record shows its text without control characters, and its image by size only', () => {
  const description = describeTransaction(transaction(2), false);
  const text = renderDescription(description);
  expect(text).toContain('2.003: a | b.\n');
  expect(text).toContain(`14.999: (${wsq.length} bytes)\n`);
  expectFault(() => describeTransaction(transaction(2).subarray(0, 300), false), 'an2.truncated');
});
