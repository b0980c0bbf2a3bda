import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRouterClient } from '@orpc/server';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import { MatcherFault } from '../../../native-bridge/matcher/matcher-fault.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { StorageFault } from '../../../electron/storage/storage-fault.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { isAt, reachCapture, takeBoth, takeFinger } from '../../support/officer.ts';
import { sessionOfRole } from '../../support/session-of-role.ts';
import { startTestStation, until, type TestStation } from '../../support/test-station.ts';

const PERSON = 3;
const MINUTE_MS = 60_000;

function clientOf(station: TestStation, role: 'officer' | 'auditor') {
  const connection = station.station.connect();
  connection.session = sessionOfRole(station.station, role);
  return createRouterClient(station.station.router, { context: { connection } });
}

async function eventsOf(station: TestStation, reference: string) {
  return clientOf(station, 'auditor').audit.search({ checkReference: reference, beforeSequence: null, limit: 500 });
}

/** Every buffer is zero, and each that the log saw taken has exactly one receipt, all for that reason. */
async function expectOneReceiptEach(
  station: TestStation,
  reference: string,
  reasons: readonly string[],
): Promise<void> {
  expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  const events = await eventsOf(station, reference);
  const taken = events.filter(({ code }) => code === 'capture-taken' || code === 'buffer-taken');
  const erased = events.filter(({ code }) => code === 'print-erased');
  const ids = (rows: typeof events) => rows.map(({ details }) => String(details['bufferId'])).toSorted();
  expect(ids(taken)).toEqual([...station.buffers.keys()].toSorted());
  expect(ids(erased)).toEqual(ids(taken));
  expect([...new Set(erased.map(({ details }) => details['why']))].toSorted()).toEqual(reasons.toSorted());
}

describe('a check that nobody ends', () => {
  let clock: HeldClock;
  let station: TestStation;
  beforeEach(async () => {
    clock = heldClock();
    station = await startTestStation({ clock, withGalleries: false });
  });
  afterEach(() => station[Symbol.asyncDispose]());

  test('keeps its prints until its time to live is spent, and not a minute longer', async () => {
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);

    clock.advance(9 * MINUTE_MS);
    // The officer is still there: a call keeps the screen from locking.
    await client.checks.current({});
    expect([...station.buffers.values()].every(isAllZero)).toBe(false);
    for (let minute = 9; minute < 30; minute += 1) {
      await client.checks.current({});
      clock.advance(MINUTE_MS);
    }

    await vi.waitFor(async () => {
      const [end] = (await eventsOf(station, check.reference)).filter(({ code }) => code === 'check-ended');
      expect(end?.details['ending']).toBe('time-spent');
    });
    await expectOneReceiptEach(station, check.reference, ['time-spent']);
  });

  test('loses its prints when its screen locks because the officer has gone away', async () => {
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);

    for (let minute = 0; minute < 11; minute += 1) {
      clock.advance(MINUTE_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }

    await vi.waitFor(async () => {
      const codes = (await eventsOf(station, check.reference)).map(({ code }) => code);
      expect(codes).toContain('check-interrupted');
    });
    await expectOneReceiptEach(station, check.reference, ['locked']);
  });
});

describe('a matcher that fails', () => {
  let failing: Partial<MatcherPool>;
  let station: TestStation;
  beforeEach(async () => {
    failing = {};
    station = await startTestStation({
      matcher: (pool) => ({
        ...pool,
        extract: (...of) => (failing.extract ?? pool.extract)(...of),
        search: (...of) => (failing.search ?? pool.search)(...of),
      }),
    });
  });
  afterEach(() => station[Symbol.asyncDispose]());

  test('on a print: the capture has failed, its bytes are gone at once, and the finger can be taken again', async () => {
    failing.extract = () => Promise.reject(new MatcherFault('matcher.worker-crashed', { task: 'extract' }));
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);

    const view = await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });

    expect(view.fingers[0].state).toEqual({ kind: 'failed', code: 'station.fault' });
    await expectOneReceiptEach(station, check.reference, ['capture-failed']);
    delete failing.extract;
    const again = await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });
    expect(again.fingers[0].state.kind).toBe('captured');
  });

  test('in a search: both databases are unavailable, which is an answer, and the prints are gone', async () => {
    failing.search = () => Promise.reject(new MatcherFault('matcher.worker-crashed', { task: 'vote' }));
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);
    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });

    const { databases } = await until(client, check.checkId, isAt('results'));

    expect(databases.police).toMatchObject({ answer: { kind: 'unavailable', reason: 'matcher-failed' } });
    await expectOneReceiptEach(station, check.reference, ['answers-complete']);
  });
});

describe('a database that takes nothing more', () => {
  let station: TestStation;
  beforeEach(async () => {
    station = await startTestStation();
  });
  afterEach(() => station[Symbol.asyncDispose]());

  /** Lets the log refuse some events, as a full disk would; the answer lets it take everything again. */
  function refuse(codes: (code: string) => boolean): () => void {
    const { note } = station.records;
    Object.assign(station.records, {
      note: ((owner, event) =>
        codes(event.code)
          ? Promise.reject(new StorageFault('storage.disk-full'))
          : note(owner, event)) satisfies typeof note,
    });
    return () => Object.assign(station.records, { note });
  }

  test('when a search is to begin: the check ends, and its prints are gone because the search failed', async () => {
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);
    refuse((code) => code === 'search-started');

    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
    await until(client, check.checkId, isAt('closed'));

    await expectOneReceiptEach(station, check.reference, ['search-failed']);
  });

  test('when a check is to end: the prints go first, the officer is told, and the next attempt writes what is owed', async () => {
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);
    const accept = refuse(() => true);

    await expect(client.checks.end({ checkId: check.checkId, why: 'declined' })).rejects.toMatchObject({
      data: { code: 'storage.full' },
    });

    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    accept();
    await expect(client.checks.end({ checkId: check.checkId, why: 'declined' })).resolves.toMatchObject({
      ending: 'declined',
    });
    await expectOneReceiptEach(station, check.reference, ['declined']);
  });

  test('when a capture is to be noted: nothing is kept of it, and no scanner goes on', async () => {
    const client = clientOf(station, 'officer');
    const check = await reachCapture(client);
    const accept = refuse((code) => code === 'capture-taken');

    const view = await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });

    expect(view.fingers[0].state.kind).toBe('failed');
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    accept();
    const again = await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });
    expect(again.fingers[0].state.kind).toBe('captured');
  });
});
