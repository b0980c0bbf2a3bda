import { expect, test } from 'vitest';
import { createCountSync } from '../../../electron/counts/sync.ts';
import type { UpstreamChoice } from '../../../electron/counts/sync.ts';
import { createTally } from '../../../electron/counts/tally.ts';
import { countingStation, seededBytes, TEST_OFFICER } from '../../support/counts/counting-station.ts';
import { runningCollector } from '../../support/counts/running-collector.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

const never = new AbortController().signal;

async function setUp(startsAt: string) {
  const temporary = await temporaryDatabase();
  const collector = await runningCollector();
  const clock = handClock(startsAt);
  const station = await countingStation(temporary.database, clock);
  await collector.enrol('north', 'desk-1', station.key.publicKey);
  let choice: UpstreamChoice = { isSwitchedOn: true, address: collector.address, force: 'north', station: 'desk-1' };
  const sync = (fetch: typeof globalThis.fetch = globalThis.fetch) =>
    createCountSync({
      ...station,
      clock,
      fetch,
      randomness: seededBytes('sync'),
      choice: async () => choice,
      firstWaitMs: 1,
    });
  return {
    ...station,
    clock,
    collector,
    sync,
    choose(next: Partial<UpstreamChoice>) {
      choice = { ...choice, ...next };
    },
    async [Symbol.asyncDispose]() {
      await collector[Symbol.asyncDispose]();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

/** A network that carries the request and loses the answer, so many times. */
function losingAnswers(times: number): typeof globalThis.fetch & { readonly requests: () => number } {
  let requests = 0;
  const fetch: typeof globalThis.fetch = async (...request) => {
    requests += 1;
    const response = await globalThis.fetch(...request);
    if (requests <= times) throw new TypeError('the answer was lost');
    return response;
  };
  return Object.assign(fetch, { requests: () => requests });
}

test('a month closed by the clock reaches the receiver once although its first two answers are lost', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  await made.count({ endedAt: '2026-03-03T09:10:00Z', ground: '6B(b)' });
  const network = losingAnswers(2);
  const sync = made.sync(network);

  expect(await sync.run(never)).toEqual({ kind: 'done', delivered: 0 });
  expect(network.requests()).toBe(0);
  made.clock.set('2026-04-01T00:00:00+01:00');
  expect(await sync.run(never)).toEqual({ kind: 'done', delivered: 1 });
  expect(await sync.run(never)).toEqual({ kind: 'done', delivered: 0 });

  expect(network.requests()).toBe(3);
  expect(await made.collector.documents()).toBe(1);
  const { rows } = await made.collector.tables('north', '2026-03', '2026-03');
  expect(rows).toContainEqual({ month: '2026-03', cell: 'check', total: 2 });
  expect(rows).toContainEqual({ month: '2026-03', cell: 'ground/6B(b)', total: 1 });
});

test('nothing is sent while the switch is off, and nothing to an address without TLS on another machine', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-05-01T12:00:00Z');
  const network = losingAnswers(0);
  const sync = made.sync(network);

  made.choose({ isSwitchedOn: false });
  expect(await sync.run(never)).toEqual({ kind: 'switched-off' });
  made.choose({ isSwitchedOn: true, address: 'http://collector.example' });
  expect(await sync.run(never)).toEqual({ kind: 'address-refused' });

  expect(network.requests()).toBe(0);
  expect(await sync.state()).toMatchObject({ waitingMonths: ['2026-03'], lastDelivered: null });
});

test('weeks offline are caught up oldest first, a month without a check included, and noted as one failure', async () => {
  await using made = await setUp('2026-01-10T09:00:00Z');
  await made.count({ endedAt: '2026-01-10T09:10:00Z' });
  await made.count({ endedAt: '2026-03-10T09:10:00Z' });
  made.clock.set('2026-04-20T09:00:00Z');
  const offline: typeof globalThis.fetch = () => Promise.reject(new TypeError('no route'));
  const cut = made.sync(offline);

  for (let hour = 0; hour < 3; hour += 1) {
    expect(await cut.run(never)).toEqual({ kind: 'stopped', delivered: 0, month: '2026-01', reason: 'unreachable' });
  }
  expect(await cut.state()).toMatchObject({
    waitingMonths: ['2026-01', '2026-02', '2026-03'],
    lastRefusal: { month: '2026-01', reason: 'unreachable' },
  });
  expect(await made.sync().run(never)).toEqual({ kind: 'done', delivered: 3 });

  const events = (await made.auditLog.search({ limit: 50 })).map(({ code }) => code);
  expect(events.filter((code) => code === 'push-failed')).toHaveLength(1);
  expect(events.filter((code) => code === 'push-delivered')).toHaveLength(3);
  expect((await made.collector.tables('north', '2026-01', '2026-03')).missing).toEqual([]);
});

test('a check counted into a delivered month makes a second revision that replaces the first', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');
  await made.sync().run(never);
  const tally = createTally(made.database, made.auditLog);
  const cells = ['check', 'ground/6B(a)', 'outcome/declined'];
  await tally.correct(
    cells.map((cell) => ({ month: '2026-03', cell, difference: 2, reason: 'database-restored' as const })),
    TEST_OFFICER,
  );

  expect(await made.sync().run(never)).toEqual({ kind: 'done', delivered: 1 });

  expect(await made.collector.documents()).toBe(2);
  const { rows } = await made.collector.tables('north', '2026-03', '2026-03');
  expect(rows).toContainEqual({ month: '2026-03', cell: 'check', total: 3 });
  expect(await made.sync().state()).toMatchObject({ lastDelivered: { month: '2026-03', revision: 2 } });
});

test('two runs at the same time are one flight', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');
  const network = losingAnswers(0);
  const sync = made.sync(network);

  const outcomes = await Promise.all([sync.run(never), sync.run(never)]);

  expect(outcomes).toEqual([
    { kind: 'done', delivered: 1 },
    { kind: 'done', delivered: 1 },
  ]);
  expect(network.requests()).toBe(1);
});

test('an abort stops the waiting between attempts and the month stays in the outbox', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');
  const stop = new AbortController();
  const failing: typeof globalThis.fetch = () => {
    stop.abort(new Error('the station closes'));
    return Promise.reject(new TypeError('no route'));
  };

  await expect(made.sync(failing).run(stop.signal)).rejects.toThrow();

  expect((await made.sync().state()).waitingMonths).toEqual(['2026-03']);
});

test('a station restored from an older state takes the next free revision instead of losing its counts', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');
  await made.sync().run(never);
  await made.database.run((c) =>
    c('outbox').where({ month: '2026-03' }).update({ delivered_changes: 0, next_revision: 1, changes: 2 }),
  );
  await made.database.run((c) => c('count_cell').update({ tally: 5 }));

  expect(await made.sync().run(never)).toEqual({ kind: 'done', delivered: 1 });

  const { rows } = await made.collector.tables('north', '2026-03', '2026-03');
  expect(rows).toContainEqual({ month: '2026-03', cell: 'check', total: 5 });
});

test.each([
  [
    'a page of a proxy',
    () => new Response('<html>Sign in to the network</html>', { status: 200 }),
    'answer-not-understood',
  ],
  ['a receipt for other bytes', () => Response.json({ received: 'a'.repeat(64) }), 'answer-not-understood'],
  ['an answer without end', () => new Response('x'.repeat(100_000), { status: 200 }), 'answer-not-understood'],
  ['a broken server', () => new Response('', { status: 502 }), 'server-error'],
  ['a refusal', () => Response.json({ refused: 'unknown-station' }, { status: 403 }), 'http-403'],
])('%s is no delivery', async (_name, answer, reason) => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');

  const outcome = await made.sync(async () => answer()).run(never);

  expect(outcome).toEqual({ kind: 'stopped', delivered: 0, month: '2026-03', reason });
});

test('every attempt of a month sends the same bytes, also after a restart and a late count', async () => {
  await using made = await setUp('2026-03-02T09:00:00Z');
  await made.count({ endedAt: '2026-03-02T09:10:00Z' });
  made.clock.set('2026-04-02T09:00:00Z');
  const bodies: unknown[] = [];
  const noting: typeof globalThis.fetch = async (_address, init) => {
    bodies.push(init?.body);
    throw new TypeError('no route');
  };

  await made.sync(noting).run(never);
  await made.count({ endedAt: '2026-03-31T22:10:00Z' });
  await made.sync(noting).run(never);

  expect(bodies.length).toBeGreaterThan(2);
  expect(new Set(bodies).size).toBe(1);
  expect(await made.sync().run(never)).toEqual({ kind: 'done', delivered: 2 });
  const { rows } = await made.collector.tables('north', '2026-03', '2026-03');
  expect(rows).toContainEqual({ month: '2026-03', cell: 'check', total: 2 });
});
