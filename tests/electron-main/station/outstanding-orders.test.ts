import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import type { SearchAnswer } from '../../../electron/search/search-answer.ts';
import { ASK_AGAIN_AFTER_MS, MAXIMUM_TIMES_ASKED } from '../../../electron/station/check/database-search.ts';
import { matchWith, NO_MATCH, searchingCheck, settle, type SearchingCheck } from '../../support/searching-check.ts';

const DEADLINE_MS = DEFAULT_SETTINGS.searchDeadlineMs;
const LIMIT_MS = DEFAULT_SETTINGS.outstandingLimitSeconds * 1_000;
/** How far the clock moves at once: a fifth of what an officer may decide in. */
const STEP_MS = 24_000;

const SAYINGS: Readonly<Record<string, { readonly says: SearchAnswer | 'throws'; readonly isLast: boolean }>> = {
  match: { says: matchWith('X'), isLast: true },
  'no-match': { says: NO_MATCH, isLast: true },
  missing: { says: { kind: 'unavailable', reason: 'gallery-missing' }, isLast: true },
  throws: { says: 'throws', isLast: true },
  unreachable: { says: { kind: 'unavailable', reason: 'gateway-unreachable' }, isLast: false },
  busy: { says: { kind: 'unavailable', reason: 'gateway-busy' }, isLast: false },
  'gave-up': { says: { kind: 'timed-out', afterMs: 1 }, isLast: false },
};

type Saying = keyof typeof SAYINGS;
type Event =
  | { readonly kind: 'says'; readonly database: DatabaseName; readonly saying: Saying }
  | { readonly kind: 'progress' | 'wait' | 'again' | 'without'; readonly database: DatabaseName }
  | { readonly kind: 'time' }
  | { readonly kind: 'leave' };

/** One database as the promise has it, written apart from the station's own state. */
class PromisedSearch {
  isAsked = true;
  isOutstanding = false;
  isWaiting = false;
  hasEnded = false;
  timesAsked = 1;
  deadlineAtMs: number | null = DEADLINE_MS;
  limitAtMs: number | null = null;
  askAtMs: number | null = null;

  say(isLast: boolean, nowMs: number): void {
    if (!this.isAsked || this.hasEnded) return;
    this.isAsked = false;
    if (isLast) this.hasEnded = true;
    else this.#becomeOutstanding(nowMs);
    this.deadlineAtMs = null;
  }

  wait(nowMs: number): boolean {
    if (!this.isOutstanding || this.hasEnded) return false;
    this.isWaiting = true;
    if (!this.isAsked) this.askAtMs = nowMs + ASK_AGAIN_AFTER_MS;
    return true;
  }

  again(nowMs: number): boolean {
    if (!this.isOutstanding || this.hasEnded || this.timesAsked >= MAXIMUM_TIMES_ASKED) return false;
    this.isWaiting = false;
    this.isOutstanding = false;
    this.#ask(nowMs);
    return true;
  }

  without(): boolean {
    if (!this.isOutstanding || this.hasEnded) return false;
    this.hasEnded = true;
    return true;
  }

  pass(nowMs: number): void {
    if (this.hasEnded) return;
    if (this.deadlineAtMs !== null && nowMs >= this.deadlineAtMs) {
      this.deadlineAtMs = null;
      this.#becomeOutstanding(nowMs);
    }
    if (this.limitAtMs !== null && nowMs >= this.limitAtMs) this.hasEnded = true;
    if (this.hasEnded || this.askAtMs === null || nowMs < this.askAtMs) return;
    this.askAtMs = null;
    const isDue = this.isWaiting && this.isOutstanding && !this.isAsked && this.timesAsked < MAXIMUM_TIMES_ASKED;
    if (isDue) this.#ask(nowMs);
  }

  #ask(nowMs: number): void {
    this.isAsked = true;
    this.timesAsked += 1;
    this.deadlineAtMs = nowMs + DEADLINE_MS;
    this.askAtMs = null;
  }

  #becomeOutstanding(nowMs: number): void {
    this.isOutstanding = true;
    this.limitAtMs ??= nowMs + LIMIT_MS;
    if (this.isWaiting && !this.isAsked) this.askAtMs = nowMs + ASK_AGAIN_AFTER_MS;
  }
}

async function isTaken(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}

async function press(searching: SearchingCheck, kind: 'wait' | 'again' | 'without', database: DatabaseName) {
  const { check, grantId } = searching;
  if (kind === 'again') return isTaken(check.tryAgain(grantId, database));
  return isTaken(check.decide(database, kind === 'wait' ? 'keep-waiting' : 'go-on-without'));
}

async function play(events: readonly Event[]): Promise<void> {
  const searching = await searchingCheck();
  const promised = { police: new PromisedSearch(), immigration: new PromisedSearch() };
  const both = Object.values(promised);
  let nowMs = 0;
  let hasLeft = false;
  for (const event of events) {
    const isOver: boolean = hasLeft || both.every(({ hasEnded }) => hasEnded);
    if (event.kind === 'time') {
      nowMs += STEP_MS;
      searching.clock.advance(STEP_MS);
      for (const one of both) if (!isOver) one.pass(nowMs);
    } else if (event.kind === 'leave') {
      await searching.check.end('abandoned');
      hasLeft ||= !isOver;
    } else {
      const one = promised[event.database];
      if (event.kind === 'says') {
        const saying = SAYINGS[event.saying];
        if (saying === undefined) throw new Error(event.saying);
        searching.databases[event.database].say(saying.says);
        if (!isOver) one.say(saying.isLast, nowMs);
      } else if (event.kind === 'progress') searching.databases[event.database].progress();
      else {
        const wanted =
          !isOver &&
          (event.kind === 'wait' ? one.wait(nowMs) : event.kind === 'again' ? one.again(nowMs) : one.without());
        expect(await press(searching, event.kind, event.database), event.kind).toBe(wanted);
      }
    }
    await settle();
    const mustBeGone = hasLeft || both.every(({ hasEnded }) => hasEnded);
    expect(searching.buffers.every(isAllZero), 'every print is gone').toBe(mustBeGone);
    expect(searching.buffers.some(isAllZero), 'a print is gone').toBe(mustBeGone);
    if (mustBeGone) continue;
    const view = searching.view();
    if (view.stage !== 'searching') throw new Error(`the check is ${view.stage}`);
    for (const database of ['police', 'immigration'] as const) {
      const { state } = view.databases[database];
      expect(state === 'answered', `${database} has ended`).toBe(promised[database].hasEnded);
      if (!promised[database].hasEnded) {
        expect(state === 'outstanding', `${database} is outstanding`).toBe(promised[database].isOutstanding);
        expect(searching.databases[database].isAsked, `${database} is asked`).toBe(promised[database].isAsked);
      }
    }
  }
  await searching.check.end('abandoned');
  await settle();
  expect(searching.buffers.every(isAllZero)).toBe(true);
  const { notes, ends } = searching.records;
  const taken = notes.filter(({ code }) => code === 'capture-taken' || code === 'buffer-taken');
  const erased = notes.filter(({ code }) => code === 'print-erased');
  expect([taken.length, erased.length]).toEqual([searching.buffers.length, searching.buffers.length]);
  expect(notes.filter(({ code }) => code === 'answer-received')).toHaveLength(2);
  expect(ends).toHaveLength(1);
}

const database = fc.constantFrom<DatabaseName[]>('police', 'immigration');
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('says' as const),
      database,
      saying: fc.constantFrom(...Object.keys(SAYINGS)),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('wait' as const, 'again' as const, 'without' as const), database }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('progress' as const), database }) },
  { weight: 5, arbitrary: fc.constant<Event>({ kind: 'time' }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: 'leave' }) },
);

test('in any order of answers, outages, decisions and time, prints stay while an answer can come and go when none can', async () => {
  await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 25 }), play), { numRuns: 300 });
}, 60_000);
