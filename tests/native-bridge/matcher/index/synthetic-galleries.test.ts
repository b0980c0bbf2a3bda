import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExtractor } from '../../../../native-bridge/matcher/extract/extract-template.ts';
import { buildSyntheticGalleries } from '../../../../native-bridge/matcher/index/build-synthetic-galleries.ts';
import { createMatcherPool, startWorkerThreads } from '../../../../native-bridge/matcher/matcher-pool.ts';
import type { ProbeFinger } from '../../../../native-bridge/matcher/matcher.ts';
import { fingerOfPerson } from '../../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../../native-bridge/synthesis/take-impression.ts';
import { sharedCopy } from '../../../support/matcher/shared-bytes.ts';
import { TEST_PROVENANCE } from '../../../support/matcher/statistical-gallery.ts';

const SEED = 5;

/** Mates of this population score 17 and more; synthetic fingers of one class can reach 4 between strangers. */
const CLEAR_MATCH = 9;
const never = new AbortController().signal;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'synthetic-galleries-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Another impression of the person's index fingers. */
function probeOf(personSeed: number): readonly ProbeFinger[] {
  const extractor = createExtractor();
  return ([2, 7] as const).map((position) => {
    const extraction = extractor.extract(takeImpression(fingerOfPerson(SEED, personSeed, position), 9));
    if (extraction.kind !== 'extracted') throw new Error('the synthetic impression was refused');
    return { position, template: sharedCopy(extraction.template), templateBytes: extraction.template.length };
  });
}

test('a person who is in two made-up galleries is found in both, and one who is in one only there', async () => {
  const police = path.join(folder, 'police.gallery');
  const immigration = path.join(folder, 'immigration.gallery');
  const shares: number[] = [];
  await using workers = startWorkerThreads(2);
  const reports = await buildSyntheticGalleries({
    workers,
    seed: SEED,
    signal: never,
    onProgress: (share) => shares.push(share),
    galleries: [
      {
        filePath: police,
        provenance: TEST_PROVENANCE,
        records: [1, 2, 3, 4].map((personSeed) => ({ reference: `P${personSeed}`, personSeed })),
      },
      {
        filePath: immigration,
        provenance: TEST_PROVENANCE,
        records: [3, 4, 5].map((personSeed) => ({ reference: `I${personSeed}`, personSeed })),
      },
    ],
  });
  expect(reports.map(({ people, fingers, leftOut }) => [people, fingers, leftOut])).toEqual([
    [4, 8, 0],
    [3, 6, 0],
  ]);
  expect(shares.at(-1)).toBe(1);

  await using pool = createMatcherPool({ threads: 1 });
  const search = { signal: never, deadlineMs: 60_000, maximumCandidates: 1 };
  const galleries = [await pool.openGallery(police, never), await pool.openGallery(immigration, never)] as const;
  for (const [personSeed, expected] of [
    [1, ['P1', undefined]],
    [3, ['P3', 'I3']],
    [5, [undefined, 'I5']],
  ] as const) {
    const probe = probeOf(personSeed);
    for (const [index, gallery] of galleries.entries()) {
      const [first] = await pool.search(gallery, probe, search);
      expect(first !== undefined && first.score > CLEAR_MATCH ? first.reference : undefined).toBe(expected[index]);
    }
  }
}, 60_000);

test('a build that is cancelled says so and leaves no file', async () => {
  await using workers = startWorkerThreads(1);
  const filePath = path.join(folder, 'cancelled.gallery');
  const building = buildSyntheticGalleries({
    workers,
    seed: SEED,
    signal: AbortSignal.abort(),
    galleries: [{ filePath, provenance: TEST_PROVENANCE, records: [{ reference: 'a', personSeed: 1 }] }],
  });
  await expect(building).rejects.toMatchObject({ code: 'matcher.cancelled' });
  expect((await readdir(folder)).filter((name) => name.startsWith('cancelled'))).toEqual([]);
});
