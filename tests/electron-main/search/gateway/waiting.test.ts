import { expect, test } from 'vitest';
import { Circuit } from '../../../../electron/search/gateway/circuit.ts';
import { failed, type Exchange } from '../../../../electron/search/gateway/exchange.ts';
import type { Health, TransactionState } from '../../../../electron/search/gateway/gateway-answers.ts';
import type { GatewayClient } from '../../../../electron/search/gateway/gateway-client.ts';
import type { GatewayConnection } from '../../../../electron/search/gateway/gateway-connection.ts';
import { GatewayWatch } from '../../../../electron/search/gateway/gateway-watch.ts';
import { runTransaction, type TransactionEnd } from '../../../../electron/search/gateway/run-transaction.ts';
import { createTransactionNumbers } from '../../../../electron/search/gateway/transaction-number.ts';
import { backoffMs, waitFor } from '../../../../electron/search/gateway/waiting.ts';
import { Withdrawals } from '../../../../electron/search/gateway/withdrawals.ts';
import type { SearchProbe } from '../../../../electron/search/search-provider.ts';
import { ManualClock } from '../../../native-bridge/scanner/manual-clock.ts';

const ASKED = {
  transaction: '6a1f2f3e-8f0b-4c37-9a43-0d0a9f3f7a11-P',
  check: 'RW-2026-000001',
  database: 'police',
} as const;
const STATE = { profile: 'ridgeway-gateway/1', ...ASKED } as const;
const QUEUED: TransactionState = { ...STATE, state: 'queued' };
const SEARCHED = { origin: 'a test', galleryDate: null, people: 1 };
const ENDED: TransactionState = { ...STATE, state: 'ended', result: { kind: 'no-match', searched: SEARCHED } };

const said = (answer: TransactionState): Exchange<TransactionState> => ({ kind: 'answered', answer });
const reference: SearchProbe = {
  checkReference: ASKED.check,
  fingers: [],
  impressions: [{ kind: 'missing', position: 2 }],
};

/** A gateway that says one thing after another, and when it was asked. */
function told(clock: ManualClock, submits: Exchange<TransactionState>[], follows: Exchange<TransactionState>[]) {
  const askedAtMs: number[] = [];
  const withdrawn: string[] = [];
  const next = (said: Exchange<TransactionState>[]) => {
    askedAtMs.push(clock.now());
    return Promise.resolve(said.shift() ?? failed('gateway-failed', true));
  };
  const healthy: Exchange<Health> = {
    kind: 'answered',
    answer: { profile: STATE.profile, origin: 'x', databases: [] },
  };
  const client: GatewayClient = {
    submit: () => next(submits),
    follow: () => next(follows),
    withdraw: (transaction) => {
      withdrawn.push(transaction);
      return Promise.resolve();
    },
    health: () => Promise.resolve(healthy),
  };
  return { client, askedAtMs, withdrawn };
}

function run(clock: ManualClock, client: GatewayClient, random = () => 1): Promise<TransactionEnd> {
  return runTransaction({
    asked: ASKED,
    probe: reference,
    client,
    clock,
    random,
    stationCode: 'desk-1',
    signal: new AbortController().signal,
    hold: (sizeBytes) =>
      Promise.resolve({ buffer: new SharedArrayBuffer(sizeBytes), [Symbol.asyncDispose]: () => Promise.resolve() }),
    onProgress: () => {},
    onSending: () => {},
  });
}

const waits = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

test('waits between attempts double, and after the fifth failure in a row there is none', async () => {
  const clock = new ManualClock();
  const { askedAtMs, client } = told(clock, [], []);
  expect(await clock.settle(run(clock, client))).toEqual({ kind: 'failed', reason: 'gateway-failed' });
  expect(waits(askedAtMs)).toEqual([400, 800, 1_600, 3_200]);
});

test('chance takes away up to half of a wait, and no wait is longer than five seconds', () => {
  expect(backoffMs(1, () => 0)).toBe(200);
  expect(backoffMs(1, () => 1)).toBe(400);
  expect(backoffMs(30, () => 1)).toBe(5_000);
});

test('a gateway that asks to be left alone is left alone for so long', async () => {
  const clock = new ManualClock();
  const { askedAtMs, client } = told(clock, [failed('gateway-busy', true, 7_000), said(ENDED)], []);
  expect(await clock.settle(run(clock, client))).toMatchObject({ kind: 'ended' });
  expect(waits(askedAtMs)).toEqual([7_000]);
});

test('a gateway that asks for more than half a minute ends the search as busy, at once', async () => {
  const clock = new ManualClock();
  const { askedAtMs, client } = told(clock, [failed('gateway-busy', true, 31_000)], []);
  expect(await clock.settle(run(clock, client))).toEqual({ kind: 'failed', reason: 'gateway-busy' });
  expect(askedAtMs).toHaveLength(1);
});

test('a gateway that does not hold questions is asked four times a second and no oftener', async () => {
  const clock = new ManualClock();
  const { askedAtMs, client } = told(clock, [said(QUEUED)], [said(QUEUED), said(QUEUED), said(ENDED)]);
  await clock.settle(run(clock, client));
  expect(waits(askedAtMs.slice(1))).toEqual([250, 250]);
});

test('a good answer forgives the failures before it', async () => {
  const clock = new ManualClock();
  const bad = failed('gateway-unreachable', true);
  const { client } = told(clock, [bad, bad, bad, bad, said(QUEUED)], [bad, bad, bad, bad, said(ENDED)]);
  expect(await clock.settle(run(clock, client))).toMatchObject({ kind: 'ended' });
});

test('a wait ends at once when it is no longer wanted, and leaves no timer behind', async () => {
  const clock = new ManualClock();
  const ending = new AbortController();
  const waiting = waitFor(1_000, clock, ending.signal);
  ending.abort();
  await expect(waiting).rejects.toThrow();
  expect(clock.pending).toBe(0);
});

test('five failed searches in a row close the way for fifteen seconds; then one alone tries', () => {
  const clock = new ManualClock();
  let nowMs = clock.now();
  const circuit = new Circuit(() => nowMs);
  for (let index = 0; index < 4; index += 1) circuit.failed('gateway-unreachable');
  circuit.succeeded();
  for (let index = 0; index < 5; index += 1) {
    expect(circuit.refusal()).toBeNull();
    circuit.failed('gateway-unreachable');
  }
  expect(circuit.refusal()).toBe('gateway-unreachable');
  nowMs += 14_999;
  expect(circuit.refusal()).toBe('gateway-unreachable');
  nowMs += 1;
  expect([circuit.refusal(), circuit.refusal()]).toEqual([null, 'gateway-unreachable']);
  circuit.failed('gateway-busy');
  expect(circuit.refusal()).toBe('gateway-busy');
  nowMs += 15_000;
  expect(circuit.refusal()).toBeNull();
  circuit.abandoned();
  expect(circuit.refusal()).toBeNull();
  circuit.succeeded();
  expect([circuit.refusal(), circuit.refusal()]).toEqual([null, null]);
});

test('a search is taken back a second after it was ended, and not when it is asked again before', async () => {
  const clock = new ManualClock();
  const { client, withdrawn } = told(clock, [], []);
  const withdrawals = new Withdrawals(client, clock);
  withdrawals.begin('one');
  withdrawals.begin('two');
  await withdrawals.stop('two');
  await clock.run(999);
  expect(withdrawn).toEqual([]);
  await clock.run(1);
  expect(withdrawn).toEqual(['one']);
  withdrawals.begin('three');
  await withdrawals[Symbol.asyncDispose]();
  expect(withdrawn).toEqual(['one', 'three']);
  expect(clock.pending).toBe(0);
});

test('the same probe has one number, another probe another, and both fit field 1.009', () => {
  let serial = 0;
  const numbers = createTransactionNumbers('immigration', () => {
    serial += 1;
    return `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  });
  const first = numbers.numberOf(reference);
  expect(numbers.numberOf(reference)).toBe(first);
  expect(numbers.numberOf({ ...reference })).not.toBe(first);
  expect(first).toBe('00000000-0000-4000-8000-000000000001-I');
  expect(first.length).toBeLessThanOrEqual(40);
});

test('a gateway is asked how it is once a minute, and days left of a certificate are whole ones', async () => {
  const clock = new ManualClock();
  let asked = 0;
  const { client } = told(clock, [], []);
  const dayMs = 86_400_000;
  const watch = new GatewayWatch({
    connection: {
      address: new URL('https://gateway.example/'),
      stationCertificateEndsMs: clock.now() + 30 * dayMs + 1,
      authorityCertificateEndsMs: clock.now() + 400 * dayMs,
    } as GatewayConnection,
    client: { ...client, health: (signal) => ((asked += 1), client.health(signal)) },
    clock,
    warningDays: () => 30,
    onChange: () => {},
  });
  expect(watch.status()).toMatchObject({ origin: 'gateway.example', lastAnswerAt: null });
  watch.start();
  await clock.run(150_000);
  expect(asked).toBe(3);
  expect(watch.status()).toMatchObject({ origin: 'x', stationCertificateDays: 29, isCertificateEnding: true });
  watch.heard('gateway-busy');
  expect(watch.status()).toEqual({ kind: 'unavailable', reason: 'gateway-busy' });
  await watch[Symbol.asyncDispose]();
  expect(clock.pending).toBe(0);
});
