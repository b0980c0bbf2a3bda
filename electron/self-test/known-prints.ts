import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSyntheticGalleries } from '../../native-bridge/matcher/index/build-synthetic-galleries.ts';
import { startWorkerThreads } from '../../native-bridge/matcher/matcher-pool.ts';
import type { FingerPosition, MatcherPool, ProbeFinger } from '../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../native-bridge/matcher/parameters.ts';
import { fingerOfPerson } from '../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';
import { thresholdFor } from '../domain/identification/threshold-for.ts';
import type { PartResult } from './part-result.ts';

/** The population of the self-test: always the same people, none of whom exists. */
const SEED = 1961;
const PEOPLE = 4;
/** Who is searched: one who is in the gallery, and one who is not. */
const KNOWN = 2;
const STRANGER = 1_000;
/** The gallery holds the first impressions; what is searched is another one. */
const IMPRESSION = 7;
const POSITIONS: readonly FingerPosition[] = [2, 7];
/** Of a search of this gallery of a person who is in none. */
const TARGET_FPIR = 0.001;
const SEARCH_DEADLINE_MS = 30_000;

/**
 * Extracts and searches prints whose owner is known, through the matcher that the station uses, in a gallery of made-up
 * people: the one who is in it must be found, the stranger must not.
 */
export async function testKnownPrints(matcher: MatcherPool, signal: AbortSignal): Promise<PartResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-self-test-'));
  try {
    const filePath = path.join(folder, 'self-test.gallery');
    await makeGallery(filePath, signal);
    const gallery = await matcher.openGallery(filePath, signal);
    const threshold = thresholdFor({ targetFpir: TARGET_FPIR, people: gallery.people, fingers: POSITIONS.length });
    const options = { signal, deadlineMs: SEARCH_DEADLINE_MS, maximumCandidates: 2 };
    const [found] = await matcher.search(gallery, await fingersOf(KNOWN, matcher, signal), options);
    const [nearest] = await matcher.search(gallery, await fingersOf(STRANGER, matcher, signal), options);
    const figures = {
      people: gallery.people,
      foundScore: found?.score ?? 0,
      strangerScore: nearest?.score ?? 0,
      threshold,
    };
    const isFound = found?.reference === referenceOf(KNOWN) && found.score >= threshold;
    const isStrangerLeft = nearest === undefined || nearest.score < threshold;
    if (isFound && isStrangerLeft) return { kind: 'sound', figures };
    return { kind: 'broken', code: isFound ? 'matcher.stranger-found' : 'matcher.known-print-not-found', figures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeGallery(filePath: string, signal: AbortSignal): Promise<void> {
  await using workers = startWorkerThreads(1);
  const records = Array.from({ length: PEOPLE }, (_, person) => ({
    reference: referenceOf(person),
    personSeed: person,
  }));
  // A fixed date: nobody reads it, and the file is the same every time.
  const provenance = { databaseLabel: 'self-test', origin: 'self-test', createdAt: '2026-01-01T00:00:00.000Z' };
  await buildSyntheticGalleries({ workers, galleries: [{ filePath, provenance, records }], seed: SEED, signal });
}

function referenceOf(person: number): string {
  return `SELF-TEST-${person}`;
}

function fingersOf(person: number, matcher: MatcherPool, signal: AbortSignal): Promise<ProbeFinger[]> {
  return Promise.all(
    POSITIONS.map(async (position) => {
      const impression = takeImpression(fingerOfPerson(SEED, person, position), IMPRESSION);
      const pixels = new SharedArrayBuffer(impression.pixels.length);
      new Uint8Array(pixels).set(impression.pixels);
      const template = new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES);
      const report = await matcher.extract({ ...impression, pixels }, template, signal);
      return { position, template, templateBytes: report.kind === 'extracted' ? report.templateBytes : 0 };
    }),
  );
}
