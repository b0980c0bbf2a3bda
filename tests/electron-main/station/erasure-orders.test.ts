import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import type { CheckView, DatabaseName } from '../../../electron/contract/checks.ts';
import { SPOKEN_WORDS, type GroundsRecord } from '../../../electron/contract/grounds.ts';
import { createProbeCustody } from '../../../electron/custody/probe-custody.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import type { SearchAnswer } from '../../../electron/search/search-answer.ts';
import type { SearchProvider } from '../../../electron/search/search-provider.ts';
import { createCheckDesk } from '../../../electron/station/check/check-desk.ts';
import type { CheckRecords } from '../../../electron/station/check/check-records.ts';
import type { CheckServices } from '../../../electron/station/check/check-services.ts';
import { createGrantBook } from '../../../electron/station/check/grant.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import type { Scanner } from '../../../native-bridge/scanner/scanner.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';

const OFFICER = { userId: '00000000-0000-4000-8000-000000000001', userName: 'officer' };
const MINUTE_MS = 60_000;

/** What a database can say at last, and how a search can break. */
const TERMINAL = ['match', 'no-match', 'timed-out', 'unavailable', 'throws'] as const;
type Terminal = (typeof TERMINAL)[number];

/** What happens, in some order: a database goes on, a database says its last word, the check's time is spent. */
type Event = `${DatabaseName}-${'progress' | 'ends'}` | 'time-spent';
const EVENTS: readonly Event[] = [
  'police-progress',
  'police-ends',
  'immigration-progress',
  'immigration-ends',
  'time-spent',
];

/** Every order in which a database's progress comes before its end. */
function allOrders(left: readonly Event[] = EVENTS): readonly (readonly Event[])[] {
  if (left.length === 0) return [[]];
  return left.flatMap((event) => {
    const database = event.split('-')[0];
    const isTooEarly = event.endsWith('-ends') && left.includes(`${database}-progress` as Event);
    if (isTooEarly) return [];
    return allOrders(left.filter((other) => other !== event)).map((rest) => [event, ...rest]);
  });
}

/** A database whose search does what the test says. */
class ToldDatabase implements SearchProvider {
  readonly database: DatabaseName;
  readonly #said = Promise.withResolvers<SearchAnswer>();
  #onProgress: (share: number) => void = () => {};

  constructor(database: DatabaseName) {
    this.database = database;
  }

  status() {
    return { kind: 'ready' as const, origin: 'a test', galleryDate: null, people: 1 };
  }

  search(...[, options]: Parameters<SearchProvider['search']>): Promise<SearchAnswer> {
    this.#onProgress = (searchedShare) => options.onProgress({ state: 'searching', searchedShare });
    const ended = new Promise<never>((_, reject) => {
      options.signal.addEventListener('abort', () => reject(new Error('the search was ended')), { once: true });
    });
    return Promise.race([this.#said.promise, ended]);
  }

  progress(): void {
    this.#onProgress(0.5);
  }

  end(as: Terminal): void {
    const moment = new Date(0).toISOString();
    const searched = { origin: 'a test', galleryDate: null, people: 1, startedAt: moment, answeredAt: moment };
    if (as === 'throws') this.#said.reject(new Error('the search broke'));
    else if (as === 'match') {
      this.#said.resolve({ kind: 'match', candidates: [{ reference: 'X', likelihood: 'strong' }], searched });
    } else if (as === 'no-match') this.#said.resolve({ kind: 'no-match', searched });
    else if (as === 'timed-out') this.#said.resolve({ kind: 'timed-out', afterMs: 1 });
    else this.#said.resolve({ kind: 'unavailable', reason: 'gallery-missing' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

/** Records in memory: what is tested is when prints go, not where it is written. */
function recordsInMemory(): CheckRecords {
  let grounds: GroundsRecord | null = null;
  const nothing = () => Promise.resolve();
  return {
    open: () => Promise.resolve('RW-2026-000001'),
    saveGrounds: (_checkId: string, record: GroundsRecord) => {
      grounds = record;
      return nothing();
    },
    grounds: () => Promise.resolve(grounds),
    saveAcceptance: nothing,
    saveAnswers: nothing,
    end: nothing,
    note: nothing,
  } as unknown as CheckRecords;
}

const identity = { widthPx: 8, heightPx: 8 };

function scannerOfNoise(): Scanner {
  return {
    identity,
    capture: (request: { readonly into: SharedArrayBuffer }) => {
      new Uint8Array(request.into).fill(123);
      return Promise.resolve({ kind: 'captured', ...identity, resolutionPpi: 500, quality: 90, liftedAtMs: 0 });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  } as unknown as Scanner;
}

/** Lets everything that is due happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Searching {
  readonly clock: HeldClock;
  readonly databases: Readonly<Record<DatabaseName, ToldDatabase>>;
  readonly buffers: SharedArrayBuffer[];
  readonly view: () => CheckView;
}

/** A check with two fingers whose searches have both begun. */
async function searchingCheck(): Promise<Searching> {
  const clock = heldClock();
  const buffers: SharedArrayBuffer[] = [];
  const databases = { police: new ToldDatabase('police'), immigration: new ToldDatabase('immigration') };
  const services = {
    clock,
    log: { note: () => {}, fault: () => {} },
    custody: createProbeCustody({
      now: () => clock.now(),
      uuid: () => systemRandomness.uuid(),
      observer: (_id, buffer) => buffers.push(buffer),
    }),
    matcher: {
      extract: (_image: unknown, into: SharedArrayBuffer) => {
        new Uint8Array(into).fill(45);
        return Promise.resolve({ kind: 'extracted', templateBytes: 32, minutiae: 20, quality: 80 });
      },
    },
    scanners: { openUnder: () => Promise.resolve(scannerOfNoise()) },
    grants: createGrantBook(systemRandomness),
    providers: databases,
    settings: () => DEFAULT_SETTINGS,
    checks: recordsInMemory(),
    trainingHand: null,
  } as unknown as CheckServices;
  const desk = createCheckDesk(services, systemRandomness);
  const { checkId } = await desk.begin(OFFICER as never);
  const check = desk.find(OFFICER as never, checkId);
  await check.recordGrounds(soundGrounds());
  for (const word of SPOKEN_WORDS) await check.confirmSpoken(word);
  const capture = await check.proceedToCapture();
  if (capture.stage !== 'capture') throw new Error(`the check is at ${capture.stage}`);
  await check.capture(capture.grantId, 'first', 2);
  await settle();
  await check.capture(capture.grantId, 'second', 7);
  await settle();
  await check.search(capture.grantId, 'a test');
  await settle();
  return { clock, databases, buffers, view: () => check.view() };
}

async function play(order: readonly Event[], ends: Readonly<Record<DatabaseName, Terminal>>): Promise<void> {
  const { buffers, clock, databases, view } = await searchingCheck();
  const past = new Set<Event>();
  for (const event of order) {
    const [database] = event.split('-') as [DatabaseName];
    if (event === 'time-spent') clock.advance(DEFAULT_SETTINGS.checkTimeToLiveMinutes * MINUTE_MS);
    else if (event.endsWith('-progress')) databases[database].progress();
    else databases[database].end(ends[database]);
    past.add(event);
    const isDue = past.has('time-spent') || (past.has('police-ends') && past.has('immigration-ends'));
    // Time that is spent erases in the very call; answers are first noted.
    if (event === 'time-spent') expect(buffers.every(isAllZero), `${order.join(', ')} at ${event}`).toBe(true);
    await settle();
    expect(buffers.every(isAllZero), `${order.join(', ')} at ${event}`).toBe(isDue);
    if (!isDue) expect(buffers.some(isAllZero), `${order.join(', ')} at ${event}`).toBe(false);
  }
  expect(buffers).toHaveLength(4);
  const last = view();
  expect(last.stage).toBe('closed');
  // The receipts say which of the two it was.
  const receipts = last.stage === 'closed' ? last.receipts : [];
  const wasTimeFirst =
    order.indexOf('time-spent') < Math.max(order.indexOf('police-ends'), order.indexOf('immigration-ends'));
  expect(receipts.map(({ why }) => why)).toEqual(Array(4).fill(wasTimeFirst ? 'time-spent' : 'answers-complete'));
}

test('in every order of the events of both databases and of time, prints go exactly when both have answered or time is spent', async () => {
  const orders = allOrders();
  expect(orders).toHaveLength(30);

  for (const order of orders) await play(order, { police: 'no-match', immigration: 'match' });
});

test('whatever each database says at last counts as its answer: no, yes, too late, not there, or a search that breaks', async () => {
  const terminal = fc.constantFrom(...TERMINAL);

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...allOrders()), terminal, terminal, (order, police, immigration) =>
      play(order, { police, immigration }),
    ),
    { numRuns: 60 },
  );
});
