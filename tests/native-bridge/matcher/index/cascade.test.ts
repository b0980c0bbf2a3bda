import { closeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSharedGallery, type GalleryInMemory } from '../../../../native-bridge/matcher/index/open-gallery.ts';
import { cascadeLimits, searchGallery } from '../../../../native-bridge/matcher/index/search-gallery.ts';
import { watchWork } from '../../../../native-bridge/matcher/index/work-watch.ts';
import type { SharedGallery, WorkerThreads } from '../../../../native-bridge/matcher/index/worker-tasks.ts';
import { startWorkerThreads } from '../../../../native-bridge/matcher/matcher-pool.ts';
import type { Candidate, ProbeFinger } from '../../../../native-bridge/matcher/matcher.ts';
import { encodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';
import { sharedCopy } from '../../../support/matcher/shared-bytes.ts';
import { statisticalFinger, statisticalImpression } from '../../../support/matcher/statistical-finger.ts';
import { writeStatisticalGallery } from '../../../support/matcher/statistical-gallery.ts';

const PEOPLE = 32;
const signal = new AbortController().signal;
let folder = '';
let workers: WorkerThreads;
let opened: GalleryInMemory;
let gallery: SharedGallery;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cascade-'));
  const filePath = path.join(folder, 'people.gallery');
  await writeStatisticalGallery(filePath, PEOPLE);
  workers = startWorkerThreads(2);
  using watch = watchWork(signal, 60_000, 1000);
  opened = await openSharedGallery(workers, filePath, 2 ** 30, watch);
  gallery = opened.shared;
});

afterAll(async () => {
  await workers[Symbol.asyncDispose]();
  closeSync(opened.opened);
  await rm(folder, { recursive: true, force: true });
});

function probeOf(person: number, seed: number, positions: readonly (2 | 7)[], missing: number): readonly ProbeFinger[] {
  const change = { turnRad: 0.3, shiftX: 10, shiftY: 5, placeNoisePx: 2, angleNoiseRad: 0.08, missing, spurious: 0.2 };
  return positions.map((position) => {
    const finger = statisticalFinger(person * 16 + position);
    const template = encodeTemplate(statisticalImpression(finger, seed + position, change));
    return { position, template: sharedCopy(template), templateBytes: template.length };
  });
}

async function find(
  fingers: readonly ProbeFinger[],
  exhaustive: boolean,
  limits = cascadeLimits(PEOPLE, fingers.length),
): Promise<readonly Candidate[]> {
  using watch = watchWork(signal, 60_000, 1000);
  const options = { signal, deadlineMs: 60_000, maximumCandidates: PEOPLE, exhaustive };
  return await searchGallery({ workers, gallery, fingers, watch }, options, limits);
}

describe('the cascade', () => {
  test('lets more people through the larger the gallery, and four times as many for one finger', () => {
    const sizes = [0, 1000, 10_000, 100_000, 1_000_000];
    const two = sizes.map((people) => cascadeLimits(people, 2));
    expect(two.map((limits) => limits.comparedPeople)).toEqual([12, 12, 12, 18, 24]);
    expect(two.map((limits) => limits.verifiedPeople)).toEqual([300, 300, 300, 1000, 8000]);
    expect(cascadeLimits(100_000, 1)).toEqual({ verifiedPeople: 4000, comparedPeople: 72 });
  });

  test('with its limits opened gives exactly what the exhaustive search gives', async () => {
    const open = { verifiedPeople: PEOPLE, comparedPeople: PEOPLE };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(PEOPLE - 1),
        fc.nat(10_000),
        fc.constantFrom([2] as const, [7] as const, [2, 7] as const),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        async (person, seed, positions, missing) => {
          const probe = probeOf(person, seed, positions, missing);
          expect(await find(probe, false, open)).toEqual(await find(probe, true));
        },
      ),
      { numRuns: 8 },
    );
  });

  test('with closed limits lets through as many people as they say, all with the scores of the exhaustive search', async () => {
    const probe = probeOf(4, 1, [2, 7], 0.2);
    const exhaustive = new Map((await find(probe, true)).map(({ reference, score }) => [reference, score]));
    for (const [verifiedPeople, comparedPeople] of [
      [20, 10],
      [5, 10],
      [1, 1],
    ] as const) {
      const candidates = await find(probe, false, { verifiedPeople, comparedPeople });
      expect(candidates).toHaveLength(Math.min(verifiedPeople, comparedPeople));
      for (const { reference, score } of candidates) expect(score).toBe(exhaustive.get(reference));
      expect(candidates[0]?.reference).toBe('person-4');
    }
  });
});
