import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchAnswer } from '../../electron/search/search-answer.ts';
import type { SearchProgress, SearchProvider } from '../../electron/search/search-provider.ts';
import { blankPrint, madeUpPrint, POSITIONS, templateOf, type Enrolled } from '../support/search/made-up-prints.ts';
import { LentCheck, WatchedCustody, type TestFinger } from '../support/search/lent-probe.ts';

/** Who is in the database: the suite's gallery, whatever holds it. The twins are one person under two references. */
export const ENROLLED: readonly Enrolled[] = [
  { reference: '2018/9000001A', personSeed: 1 },
  { reference: '2018/9000002B', personSeed: 2 },
  { reference: 'TWIN-1', personSeed: 3 },
  { reference: 'TWIN-2', personSeed: 3 },
  { reference: '2018/9000004D', personSeed: 4 },
];
const STRANGER = 900;
const TWINS = 3;
/** The impression that is searched; the gallery holds another. */
const LATER_IMPRESSION = 1;
/** Long enough for any answer, milliseconds of the rig's clock. */
const PLENTY_MS = 120_000;
const never = new AbortController().signal;

/** A database with hands: what a test needs to break it and to hold it up. */
export interface ProviderRig extends AsyncDisposable {
  readonly provider: SearchProvider;
  /** Short enough for a test and long enough to be asked, milliseconds of the rig's clock. */
  readonly shortDeadlineMs: number;
  /** Searches under this reference get no answer until they are ended. */
  hold(checkReference: string): void;
  /** From now on the database cannot answer the search of this reference. */
  breakDown(checkReference: string): void;
}

/** Everything about one search that the suite looks at. */
interface Searched {
  readonly answer: SearchAnswer;
  readonly progress: readonly SearchProgress[];
}

function printsOf(personSeed: number): TestFinger[] {
  return POSITIONS.map((position) => {
    const image = madeUpPrint(personSeed, position, LATER_IMPRESSION);
    return { kind: 'image', position, image, template: templateOf(image) };
  });
}

/** Runs the one suite that every search provider passes. */
export function searchProviderConformance(name: string, makeRig: () => Promise<ProviderRig>): void {
  describe(`search provider conformance: ${name}`, () => {
    let rig: ProviderRig;
    let watched: WatchedCustody;
    const prints = new Map<number, TestFinger[]>();
    let serial = 0;

    beforeAll(async () => {
      for (const personSeed of [1, 2, TWINS, 4, STRANGER]) prints.set(personSeed, printsOf(personSeed));
      rig = await makeRig();
    });
    afterAll(() => rig[Symbol.asyncDispose]());

    const nextReference = () => `RW-2026-${String((serial += 1)).padStart(6, '0')}`;

    async function search(
      fingers: readonly TestFinger[],
      options: { readonly signal?: AbortSignal; readonly deadlineMs?: number; readonly reference?: string } = {},
    ): Promise<Searched> {
      const mine = new WatchedCustody();
      watched = mine;
      const check = new LentCheck(mine, options.reference ?? nextReference(), fingers);
      const before = mine.taken;
      const progress: SearchProgress[] = [];
      try {
        const answer = await rig.provider.search(check.probe, {
          signal: options.signal ?? never,
          deadlineMs: options.deadlineMs ?? PLENTY_MS,
          onProgress: (one) => progress.push(one),
          hold: (sizeBytes) => check.encoded.hold(sizeBytes),
        });
        return { answer, progress };
      } finally {
        // Whatever the end, what the provider took is gone before it settles; the probe alone is still held.
        expect(mine.custody.heldBuffers).toBe(before);
        await check.end();
      }
    }

    const of = (personSeed: number) => prints.get(personSeed) ?? [];

    function isClean(): void {
      expect(watched.custody.heldBuffers).toBe(0);
      expect(watched.residual).toBe(0);
      expect(watched.withoutOneReceipt).toBe(0);
    }

    test('somebody who is held is found under the reference as the database writes it', async () => {
      const { answer } = await search(of(1));
      expect(answer).toMatchObject({ kind: 'match', candidates: [{ reference: '2018/9000001A' }] });
      expect(answer).toMatchObject({ searched: { people: ENROLLED.length, galleryDate: '2026-11-01T00:00:00.000Z' } });
      isClean();
    });

    test('a stranger is no match, and the answer says what was searched and when', async () => {
      const { answer } = await search(of(STRANGER));
      expect(answer).toMatchObject({ kind: 'no-match', searched: { people: ENROLLED.length } });
      const { searched } = answer as Extract<SearchAnswer, { kind: 'no-match' }>;
      expect(Date.parse(searched.answeredAt)).toBeGreaterThanOrEqual(Date.parse(searched.startedAt));
      isClean();
    });

    test('two records that are equally alike are a possible match that names both', async () => {
      const { answer } = await search(of(TWINS));
      expect(answer.kind).toBe('possible-match');
      const { candidates } = answer as Extract<SearchAnswer, { kind: 'possible-match' }>;
      expect(candidates.slice(0, 2).map(({ reference }) => reference)).toEqual(['TWIN-1', 'TWIN-2']);
      isClean();
    });

    test('one finger is enough where the other is missing or bandaged', async () => {
      const [first] = of(2);
      const { answer } = await search([first as TestFinger, { kind: 'bandaged', position: 7 }]);
      expect(answer).toMatchObject({ candidates: [{ reference: '2018/9000002B' }] });
      isClean();
    });

    test('prints from which nothing comes are unusable', async () => {
      const blank = POSITIONS.map((position): TestFinger => ({
        kind: 'image',
        position,
        image: blankPrint(),
        template: null,
      }));
      const { answer } = await search(blank);
      expect(answer.kind).toBe('unusable');
      isClean();
    });

    test('progress goes from sent to searching, and no share falls', async () => {
      const { progress } = await search(of(4));
      const states = progress.map(({ state }) => state);
      expect(states.lastIndexOf('sent')).toBeLessThanOrEqual(0);
      expect(progress.length).toBeGreaterThan(0);
      const shares = progress.map(({ searchedShare }) => searchedShare);
      expect(shares).toEqual(shares.toSorted((one, other) => one - other));
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    });

    test('searches at the same time each get their own answer', async () => {
      const people = [1, STRANGER, 2, 4];
      const answers = await Promise.all(people.map(async (person) => (await search(of(person))).answer));
      const said = answers.map((answer) => ('candidates' in answer ? answer.candidates[0]?.reference : answer.kind));
      expect(said).toEqual(['2018/9000001A', 'no-match', '2018/9000002B', '2018/9000004D']);
    });

    test('a search that is ended rejects, and holds nothing when it has', async () => {
      const reference = nextReference();
      rig.hold(reference);
      const ending = new AbortController();
      const searching = search(of(1), { signal: ending.signal, reference });
      setTimeout(() => ending.abort(), 300);
      await expect(searching).rejects.toThrow();
      isClean();
    });

    test('a search that was ended before it began rejects', async () => {
      await expect(search(of(1), { signal: AbortSignal.abort() })).rejects.toThrow();
      isClean();
    });

    test('a database that does not answer in time has timed out, and has not said "no match"', async () => {
      const reference = nextReference();
      rig.hold(reference);
      const { answer } = await search(of(1), { deadlineMs: rig.shortDeadlineMs, reference });
      expect(answer).toEqual({ kind: 'timed-out', afterMs: rig.shortDeadlineMs });
      isClean();
    });

    test('a database that is out is unavailable, with a reason, and does not reject', async () => {
      const reference = nextReference();
      rig.breakDown(reference);
      const { answer } = await search(of(1), { reference });
      expect(answer.kind).toBe('unavailable');
      isClean();
    });
  });
}
