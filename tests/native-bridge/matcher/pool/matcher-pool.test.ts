import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExtractor } from '../../../../native-bridge/matcher/extract/extract-template.ts';
import { createMatcherPool } from '../../../../native-bridge/matcher/matcher-pool.ts';
import type { LentImage, MatcherPool, ProbeFinger } from '../../../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../../../native-bridge/matcher/parameters.ts';
import { fingerOfPerson } from '../../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../../native-bridge/synthesis/take-impression.ts';
import { sharedCopy } from '../../../support/matcher/shared-bytes.ts';
import {
  templateOfPerson,
  TEST_PROVENANCE,
  writeStatisticalGallery,
} from '../../../support/matcher/statistical-gallery.ts';
import { CRASHES, HANGS, STOPS_WHEN_ASKED, THROWS } from './wayward-worker.ts';

const WAYWARD = new URL('./wayward-worker.ts', import.meta.url);
const never = new AbortController().signal;
const PEOPLE = 64;
let folder = '';
let gallery = '';
let pool: MatcherPool;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matcher-pool-'));
  gallery = path.join(folder, 'people.gallery');
  await writeStatisticalGallery(gallery, PEOPLE);
  pool = createMatcherPool({ threads: 2 });
});

afterAll(async () => {
  await pool[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function probe(person: number, positions: readonly (2 | 7)[] = [2, 7]): ProbeFinger[] {
  return positions.map((position) => {
    const template = templateOfPerson(person, position);
    return { position, template: sharedCopy(template), templateBytes: template.length };
  });
}

function wayward(widthPx: number): LentImage {
  return { pixels: new SharedArrayBuffer(16), widthPx, heightPx: 1, resolutionPpi: 500 };
}

const search = { signal: never, deadlineMs: 60_000, maximumCandidates: 5 };

describe('extraction in a worker', () => {
  test('gives the template that the extractor gives, and leaves the lent image as it was', async () => {
    const image = takeImpression(fingerOfPerson(1, 1, 2), 0, { hardship: 0.2 });
    const expected = createExtractor().extract(image);
    if (expected.kind !== 'extracted') throw new Error('the synthetic impression was refused');
    const pixels = sharedCopy(image.pixels);
    const into = new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES);
    const report = await pool.extract({ ...image, pixels }, into, never);
    const { template, minutiae, quality } = expected;
    expect(report).toEqual({ kind: 'extracted', templateBytes: template.length, minutiae, quality });
    expect(new Uint8Array(into, 0, template.length)).toEqual(template);
    expect(new Uint8Array(pixels)).toEqual(image.pixels);
  });

  test('says why a blank image is unusable, and writes no template', async () => {
    const pixels = sharedCopy(new Uint8Array(300 * 400).fill(255));
    const into = new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES);
    const report = await pool.extract({ pixels, widthPx: 300, heightPx: 400, resolutionPpi: 500 }, into, never);
    expect(report.kind).toBe('unusable');
    expect(new Uint8Array(into).every((byte) => byte === 0)).toBe(true);
  });

  test('refuses an image whose memory is smaller than its sides say', async () => {
    const image = { pixels: new SharedArrayBuffer(10), widthPx: 300, heightPx: 400, resolutionPpi: 500 };
    const outcome = pool.extract(image, new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES), never);
    await expect(outcome).rejects.toMatchObject({ code: 'image.dimensions', figures: { bytes: 10 } });
  });

  test('is not begun when it was cancelled before', async () => {
    const outcome = pool.extract(wayward(9), new SharedArrayBuffer(64), AbortSignal.abort());
    await expect(outcome).rejects.toMatchObject({ code: 'matcher.cancelled' });
  });
});

describe('a worker that goes wrong', () => {
  test.each([
    ['ends its process', CRASHES],
    ['throws what is no fault of ours', THROWS],
  ])('and %s: a typed fault, the memory zeroed, and the pool works on', async (_, behaviour) => {
    await using frail = createMatcherPool({ threads: 1, workerUrl: WAYWARD });
    const into = new SharedArrayBuffer(64);
    for (let round = 0; round < 2; round += 1) {
      await expect(frail.extract(wayward(behaviour), into, never)).rejects.toMatchObject({
        code: 'matcher.worker-crashed',
      });
      expect(new Uint8Array(into).every((byte) => byte === 0)).toBe(true);
    }
    await expect(frail.extract(wayward(9), into, never)).resolves.toMatchObject({ templateBytes: 5 });
  });

  test('and hangs: it is ended when it does not stop within the grace, and the pool works on', async () => {
    await using frail = createMatcherPool({ threads: 1, workerUrl: WAYWARD, stopGraceMs: 50 });
    const into = new SharedArrayBuffer(64);
    const cancel = new AbortController();
    const outcome = frail.extract(wayward(HANGS), into, cancel.signal);
    cancel.abort();
    await expect(outcome).rejects.toMatchObject({ code: 'matcher.cancelled' });
    expect(new Uint8Array(into).every((byte) => byte === 0)).toBe(true);
    await expect(frail.extract(wayward(9), into, never)).resolves.toMatchObject({ templateBytes: 5 });
  });

  test('and takes longer than it may is stopped with the figure', async () => {
    await using frail = createMatcherPool({ threads: 1, workerUrl: WAYWARD, extractionDeadlineMs: 20 });
    const into = new SharedArrayBuffer(64);
    await expect(frail.extract(wayward(STOPS_WHEN_ASKED), into, never)).rejects.toMatchObject({
      code: 'matcher.deadline',
      figures: { deadlineMs: 20 },
    });
    expect(new Uint8Array(into).every((byte) => byte === 0)).toBe(true);
  });

  test('is waited for when cancelled: what it writes at last is gone when the caller has its memory back', async () => {
    await using frail = createMatcherPool({ threads: 1, workerUrl: WAYWARD });
    const into = new SharedArrayBuffer(64);
    const cancel = new AbortController();
    const outcome = frail.extract(wayward(STOPS_WHEN_ASKED), into, cancel.signal);
    cancel.abort();
    await expect(outcome).rejects.toMatchObject({ code: 'matcher.cancelled' });
    expect(new Uint8Array(into).every((byte) => byte === 0)).toBe(true);
  });

  test('is asked to stop when the pool is closed, and a closed pool takes nothing more', async () => {
    const frail = createMatcherPool({ threads: 1, workerUrl: WAYWARD });
    const into = new SharedArrayBuffer(64);
    const outcome = frail.extract(wayward(STOPS_WHEN_ASKED), into, never);
    const [settled] = await Promise.allSettled([outcome, frail[Symbol.asyncDispose]()]);
    expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'matcher.closed' } });
    await expect(frail.extract(wayward(9), into, never)).rejects.toMatchObject({ code: 'matcher.closed' });
  });
});

describe('a search', () => {
  test('finds each person first, by two fingers and by one, in the cascade as in the exhaustive mode', async () => {
    const open = await pool.openGallery(gallery, never);
    expect(open).toEqual({ people: PEOPLE, fingers: 2 * PEOPLE - 9, provenance: TEST_PROVENANCE });
    for (const person of [0, 6, 63]) {
      for (const fingers of [probe(person), probe(person, [2])]) {
        const cascade = await pool.search(open, fingers, search);
        const exhaustive = await pool.search(open, fingers, { ...search, exhaustive: true });
        expect(cascade[0]?.reference).toBe(`person-${person}`);
        expect(cascade[0]).toEqual(exhaustive[0]);
        expect(exhaustive.map(({ score }) => score)).toEqual(
          exhaustive.map(({ score }) => score).toSorted((a, b) => b - a),
        );
        expect(exhaustive).toHaveLength(5);
      }
    }
  });

  test('compares a probe only with the finger of the same position', async () => {
    const open = await pool.openGallery(gallery, never);
    const [right] = probe(3, [2]);
    const crossed = await pool.search(open, [{ ...right, position: 7 }], { ...search, exhaustive: true });
    expect(crossed[0]?.reference).not.toBe('person-3');
    expect(await pool.search(open, [{ ...right, position: 1 }], search)).toEqual([]);
    const nobody = await pool.search(open, [{ ...right, position: 1 }], { ...search, exhaustive: true });
    expect(nobody).toEqual([]);
  });

  test('reports its progress, rising to the whole', async () => {
    const open = await pool.openGallery(gallery, never);
    const shares: number[] = [];
    await pool.search(open, probe(1), { ...search, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  });

  test('ends with a fault when it is cancelled or its deadline has passed, and the pool searches on', async () => {
    const open = await pool.openGallery(gallery, never);
    const cancel = new AbortController();
    const options = { ...search, exhaustive: true };
    const cancelled = pool.search(open, probe(1), {
      ...options,
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'matcher.cancelled' });
    await expect(pool.search(open, probe(1), { ...options, deadlineMs: 0 })).rejects.toMatchObject({
      code: 'matcher.deadline',
      figures: { deadlineMs: 0 },
    });
    expect((await pool.search(open, probe(1), search))[0]?.reference).toBe('person-1');
  });

  test('refuses a probe whose bytes are no template, with its code', async () => {
    const open = await pool.openGallery(gallery, never);
    const noise = { position: 2, template: new SharedArrayBuffer(40), templateBytes: 40 } as const;
    for (const exhaustive of [true, false]) {
      await expect(pool.search(open, [noise], { ...search, exhaustive })).rejects.toMatchObject({
        code: 'template.not-a-template',
      });
    }
    await expect(pool.search(open, [], search)).rejects.toThrow(RangeError);
  });

  test('of a gallery that does not fit is not begun: opening it says what it needs and what there is', async () => {
    await using small = createMatcherPool({ threads: 1, availableMemoryBytes: () => 1000 });
    await expect(small.openGallery(gallery, never)).rejects.toMatchObject({
      code: 'gallery.too-large',
      figures: { availableBytes: 1000, people: PEOPLE },
    });
  });
});
