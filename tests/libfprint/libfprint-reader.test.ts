import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLibfprintSource } from '../../native-bridge/scanner/libfprint/libfprint-source.ts';
import type { Scanner } from '../../native-bridge/scanner/scanner.ts';
import { holds, isAllZero, startCapture } from '../native-bridge/scanner/capture-support.ts';
import { ridgeImage } from '../native-bridge/scanner/ridge-image.ts';
import { VirtualReader } from './virtual-reader.ts';

const HELPER = path.resolve(import.meta.dirname, '../../.out/libfprint/fprint-helper');
const isWanted = process.env['RIDGEWAY_NEEDS_LIBFPRINT'] !== undefined;
const never = new AbortController().signal;
/** Time for a command to pass two processes, ms. */
const REACH_MS = 150;

/** Process identifiers of the helpers that this process has started and that still run. */
function helpers(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'fprint-helper');
}

describe.skipIf(!isWanted)('libfprint itself (npm run test:libfprint runs it)', () => {
  let folder = '';
  let scanner: Scanner;
  let reader: VirtualReader;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-libfprint-'));
    const socket = path.join(folder, 'reader');
    const source = createLibfprintSource({ helperPath: HELPER, environment: { FP_VIRTUAL_IMAGE: socket } });
    scanner = await source.open('libfprint:virtual_image:0', never);
    reader = await VirtualReader.connect(socket);
  });

  afterEach(async () => {
    reader.close();
    await scanner[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('twenty images of different sizes arrive byte for byte', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const image = ridgeImage({ widthPx: 200 + 16 * turn, heightPx: 300 + 8 * turn, phase: turn, radiusX: 90 });
      const started = startCapture(scanner);
      await sleep(20);
      reader.present(image);
      const { widthPx, heightPx } = image;
      expect(await started.outcome).toMatchObject({ kind: 'captured', widthPx, heightPx, resolutionPpi: 500 });
      expect(holds(started.into, image.pixels)).toBe(true);
    }
  });

  test('a finger that the reader wants once more is asked for again', async () => {
    const started = startCapture(scanner);
    await sleep(REACH_MS);
    reader.retry();
    await sleep(REACH_MS);
    const image = ridgeImage({ widthPx: 256, heightPx: 360 });
    reader.present(image);
    expect((await started.outcome).kind).toBe('captured');
    expect(holds(started.into, image.pixels)).toBe(true);
    // The virtual reader was told to say "too short".
    expect(started.progress).toContainEqual(expect.objectContaining({ kind: 'preview', hint: 'hold-still' }));
  });

  test('an image larger than the memory is refused and leaves zeroes', async () => {
    const started = startCapture(scanner);
    await sleep(REACH_MS);
    reader.present(ridgeImage({ widthPx: 1_000, heightPx: 1_000 }));
    expect(await started.outcome).toEqual({ kind: 'fault', code: 'scanner.buffer-too-small' });
    expect(isAllZero(started.into)).toBe(true);
  });

  test('a helper that dies in the middle of a capture is a fault of the reader, not of the station', async () => {
    const started = startCapture(scanner);
    await sleep(REACH_MS);
    const [pid = 0] = helpers();
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, 'SIGSEGV');
    expect(await started.outcome).toEqual({ kind: 'fault', code: 'scanner.helper-crashed' });
    expect(isAllZero(started.into)).toBe(true);
  });

  test('after the scanner is closed no helper is left', async () => {
    await scanner[Symbol.asyncDispose]();
    for (let wait = 0; wait < 100 && helpers().length > 0; wait += 1) await sleep(30);
    expect(helpers()).toEqual([]);
  });
});

test('without the helper program the source says which driver is missing', async () => {
  const source = createLibfprintSource({ helperPath: '/nonexistent/fprint-helper' });
  await expect(source.list(never)).rejects.toMatchObject({ code: 'scanner.driver-missing' });
});
