import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchAnswer } from '../../../../electron/search/search-answer.ts';
import type { SearchProgress } from '../../../../electron/search/search-provider.ts';
import { createGatewayConnection } from '../../../../electron/search/gateway/gateway-connection.ts';
import { createGatewayProvider, type GatewayProvider } from '../../../../electron/search/gateway/gateway-provider.ts';
import { systemRandomness } from '../../../../electron/station/system-clock.ts';
import { createMatcherPool } from '../../../../native-bridge/matcher/matcher-pool.ts';
import type { Fault, PlannedFault } from '../../../gateway/faults.ts';
import {
  startReferenceGateway,
  type Listener,
  type ReferenceGateway,
  type StationKind,
} from '../../../gateway/reference-gateway.ts';
import { temporaryFolder } from '../../../support/counts/temporary-database.ts';
import { LentCheck, WatchedCustody, type TestFinger } from '../../../support/search/lent-probe.ts';
import { madeUpPrint, templateOf, writeGallery } from '../../../support/search/made-up-prints.ts';
import { quickClock } from '../../../support/search/quick-clock.ts';

/** How much faster the provider's clock runs than the computer's. */
const TIMES = 20;
const DEADLINE_MS = 60_000;
const ALWAYS = 1_000;
const REFERENCE = '2018/9000001A';

let scope: AsyncDisposableStack;
let gateway: ReferenceGateway;
let finger: TestFinger;
let serial = 0;

beforeAll(async () => {
  scope = new AsyncDisposableStack();
  const filePath = path.join(scope.use(await temporaryFolder()).path, 'police.gallery');
  await writeGallery(filePath, 'a made-up authority', [{ reference: REFERENCE, personSeed: 1 }]);
  const matcher = scope.use(createMatcherPool({ threads: 1 }));
  const gallery = await matcher.openGallery(filePath, new AbortController().signal);
  const galleries = { police: gallery, immigration: gallery };
  gateway = scope.use(
    await startReferenceGateway({ matcher, galleries, origin: 'reference gateway', nowMs: Date.now() }),
  );
  const image = madeUpPrint(1, 2, 1);
  finger = { kind: 'image', position: 2, image, template: templateOf(image) };
});
afterAll(() => scope.disposeAsync());

function providerAt(listener: Listener, station: StationKind = 'good', nowMs?: number): GatewayProvider {
  return providerOf(gateway.addresses[listener], station, nowMs);
}

function providerOf(address: string, station: StationKind = 'good', nowMs?: number): GatewayProvider {
  const clock = quickClock(TIMES);
  return createGatewayProvider({
    database: 'police',
    connection: createGatewayConnection({
      address,
      ...gateway.stations[station],
      authorityPem: gateway.authorityPem,
    }),
    clock: nowMs === undefined ? clock : { ...clock, now: () => nowMs },
    randomness: systemRandomness,
    stationCode: () => 'desk-1',
    warningDays: () => 30,
    onStatusChange: () => {},
  });
}

interface Outcome {
  readonly answer: SearchAnswer;
  readonly progress: readonly SearchProgress[];
  readonly searches: number;
  readonly submissions: number;
  readonly watched: WatchedCustody;
}

/** One search, with something that goes wrong; and what the gateway counted of it. */
async function searchWith(
  wrong: (Partial<Pick<PlannedFault, 'at' | 'times' | 'delayMs'>> & { readonly fault: Fault }) | null,
  provider: GatewayProvider,
  options: { readonly deadlineMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Outcome> {
  const check = `RW-2026-${String((serial += 1)).padStart(6, '0')}`;
  if (wrong !== null) gateway.plan.add({ check, database: 'police', at: 'submit', times: ALWAYS, ...wrong });
  const watched = new WatchedCustody();
  const lent = new LentCheck(watched, check, [finger]);
  const progress: SearchProgress[] = [];
  try {
    const answer = await provider.search(lent.probe, {
      signal: options.signal ?? new AbortController().signal,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
      onProgress: (one) => progress.push(one),
      hold: (sizeBytes) => lent.encoded.hold(sizeBytes),
    });
    const counted = gateway.transactions.good.counted().filter((one) => one.check === check);
    const sum = (key: 'searches' | 'submissions') => counted.reduce((total, one) => total + one[key], 0);
    expect(counted.length).toBeLessThanOrEqual(1);
    return { answer, progress, searches: sum('searches'), submissions: sum('submissions'), watched };
  } finally {
    await lent.end();
    expect(watched.residual).toBe(0);
    expect(watched.withoutOneReceipt).toBe(0);
    expect(watched.custody.heldBuffers).toBe(0);
  }
}

const unavailable = (reason: string) => ({ kind: 'unavailable', reason });

describe('what goes wrong once is tried again under the same number, and searched once', () => {
  const CASES: readonly (readonly [Fault, PlannedFault['at']])[] = [
    ['drop', 'submit'],
    ['truncate', 'submit'],
    ['garbage', 'submit'],
    ['not-http', 'submit'],
    ['unknown-field', 'submit'],
    ['over-long', 'submit'],
    ['wrong-transaction', 'submit'],
    ['error-500', 'submit'],
    ['error-503', 'submit'],
    ['busy', 'submit'],
    ['drop', 'follow'],
    ['truncate', 'follow'],
    ['garbage', 'follow'],
    ['wrong-transaction', 'follow'],
    ['contradiction', 'follow'],
    ['duplicate', 'follow'],
    ['error-500', 'follow'],
  ];

  test.each(CASES)('%s at the %s', async (fault, at) => {
    await using provider = providerAt('good');
    const { answer, searches } = await searchWith({ fault, at, times: 2 }, provider);
    expect(answer).toMatchObject({ kind: 'match', candidates: [{ reference: REFERENCE }] });
    expect(searches).toBe(1);
  });

  test('a connection that is cut in the middle of the file', async () => {
    await using provider = providerAt('good');
    gateway.plan.add({ check: '*', database: 'police', at: 'upload', fault: 'cut', times: 2 });
    const { answer, searches, submissions } = await searchWith(null, provider);
    expect([answer.kind, searches, submissions]).toEqual(['match', 1, 1]);
  });

  test('a gateway that forgot the search is handed it again, encoded anew', async () => {
    await using provider = providerAt('good');
    const { answer, searches, submissions, watched } = await searchWith(
      { fault: 'forget', at: 'follow', times: 1 },
      provider,
    );
    expect(answer.kind).toBe('match');
    expect([searches, submissions]).toEqual([2, 2]);
    expect(watched.receipts.filter(({ kind }) => kind === 'encoded')).toHaveLength(2);
  });
});

describe('what goes wrong always is unavailable with its reason, and never "no match"', () => {
  const CASES: readonly (readonly [Fault, PlannedFault['at'], string])[] = [
    ['drop', 'submit', 'gateway-unreachable'],
    ['drop', 'follow', 'gateway-unreachable'],
    ['not-http', 'submit', 'gateway-unreadable'],
    ['truncate', 'follow', 'gateway-unreadable'],
    ['garbage', 'follow', 'gateway-unreadable'],
    ['unknown-field', 'follow', 'gateway-unreadable'],
    ['over-long', 'follow', 'gateway-unreadable'],
    ['wrong-transaction', 'follow', 'gateway-unreadable'],
    ['contradiction', 'follow', 'gateway-unreadable'],
    ['redirect', 'submit', 'gateway-unreadable'],
    ['error-500', 'submit', 'gateway-failed'],
    ['error-500', 'follow', 'gateway-failed'],
    ['search-failed', 'submit', 'gateway-failed'],
    ['forget', 'follow', 'gateway-failed'],
    ['busy', 'submit', 'gateway-busy'],
    ['busy-for-long', 'submit', 'gateway-busy'],
    ['refuse-400', 'submit', 'gateway-refused'],
    ['refuse-403', 'follow', 'gateway-refused'],
  ];

  test.each(CASES)('%s at the %s is %s', async (fault, at, reason) => {
    await using provider = providerAt('good');
    const { answer } = await searchWith({ fault, at }, provider);
    expect(answer).toEqual(unavailable(reason));
  });

  test('what trying again cannot mend is tried once', async () => {
    await using provider = providerAt('good');
    for (const fault of ['refuse-400', 'redirect', 'busy-for-long'] as const) {
      expect((await searchWith({ fault }, provider)).submissions).toBe(1);
    }
  });
});

describe('who the other side is', () => {
  test.each(['of-another-authority', 'expired', 'of-another-name'] as const)(
    'a gateway with a certificate %s is not believed, and is sent nothing',
    async (listener) => {
      await using provider = providerAt(listener);
      const { answer } = await searchWith(null, provider);
      expect(answer).toEqual(unavailable('gateway-untrusted'));
      expect(gateway.transactions[listener].counted()).toEqual([]);
    },
  );

  test('a gateway that knows TLS 1.2 alone is sent nothing', async () => {
    const { certificatePem, keyPem } = gateway.stations.good;
    let requests = 0;
    const server = createServer({ cert: certificatePem, key: keyPem, maxVersion: 'TLSv1.2' }, (_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await using provider = providerOf(`https://127.0.0.1:${port}/`);
    const { answer } = await searchWith(null, provider);
    server.close();
    expect([answer, requests]).toEqual([unavailable('gateway-unreachable'), 0]);
  });

  test('a station with a certificate of another authority is let in by nobody', async () => {
    await using provider = providerAt('good', 'of-another-authority');
    const { answer, submissions } = await searchWith(null, provider);
    // Node's server closes without a word; what a gateway says that sends the alert is tested with the alert.
    expect(answer).toEqual(unavailable('gateway-unreachable'));
    expect(submissions).toBe(0);
  });

  test('a station whose own certificate has expired sends nothing and says so', async () => {
    await using provider = providerAt('good', 'expired');
    const { answer } = await searchWith(null, provider);
    expect(answer).toEqual(unavailable('certificate-expired'));
    expect(provider.status()).toEqual(unavailable('certificate-expired'));
  });

  test('the status says how many days both certificates have left, and warns of them in time', async () => {
    const dayMs = 24 * 60 * 60 * 1_000;
    await using early = providerAt('good');
    expect(await early.test()).toMatchObject({
      kind: 'connected',
      origin: 'reference gateway',
      stationCertificateDays: 364,
      isCertificateEnding: false,
    });
    await using late = providerAt('good', 'good', Date.now() + 345 * dayMs);
    expect(late.status()).toMatchObject({ kind: 'connected', authorityCertificateDays: 19, isCertificateEnding: true });
  });

  test('another station does not learn of a search, and cannot take its number', async () => {
    await using ours = providerAt('good');
    const { answer } = await searchWith(null, ours);
    expect(answer.kind).toBe('match');
    const [counted] = gateway.transactions.good.counted().slice(-1);
    expect(gateway.transactions.good.find(counted?.transaction ?? '', 'another certificate')).toBeNull();
    expect(gateway.transactions.good.isTaken(counted?.transaction ?? '')).toBe(true);
  });
});

describe('time', () => {
  test('an answer after the deadline comes too late: timed out', async () => {
    await using provider = providerAt('good');
    const { answer } = await searchWith({ fault: 'late' }, provider, { deadlineMs: 10_000 });
    expect(answer).toEqual({ kind: 'timed-out', afterMs: 10_000 });
  });

  test('the same probe asked again after that is answered without a second search', async () => {
    await using provider = providerAt('good');
    const check = `RW-2026-9${String((serial += 1)).padStart(5, '0')}`;
    gateway.plan.add({ check, database: 'police', at: 'follow', fault: 'slow', times: 1, delayMs: 1_000 });
    const watched = new WatchedCustody();
    const lent = new LentCheck(watched, check, [finger]);
    const search = (deadlineMs: number) =>
      provider.search(lent.probe, {
        signal: new AbortController().signal,
        deadlineMs,
        onProgress: () => {},
        hold: (sizeBytes) => lent.encoded.hold(sizeBytes),
      });
    const early = await search(10_000);
    const late = await search(DEADLINE_MS);
    await lent.end();
    expect([early.kind, late.kind]).toEqual(['timed-out', 'match']);
    const counted = gateway.transactions.good.counted().filter((one) => one.check === check);
    expect(counted).toMatchObject([{ submissions: 2, searches: 1 }]);
  });

  test('a search that is ended is taken back from the gateway', async () => {
    const provider = providerAt('good');
    const ending = new AbortController();
    const searching = searchWith({ fault: 'late' }, provider, { signal: ending.signal });
    await new Promise((resolve) => setTimeout(resolve, 400));
    ending.abort();
    await expect(searching).rejects.toThrow();
    await provider[Symbol.asyncDispose]();
    expect(gateway.transactions.good.counted().at(-1)).toMatchObject({ searches: 1, withdrawn: 1 });
  });

  test('after five searches that failed none is sent for a while, and then one tries', async () => {
    await using provider = providerAt('good');
    for (let index = 0; index < 5; index += 1) await searchWith({ fault: 'error-500' }, provider);
    const spared = await searchWith(null, provider);
    expect(spared).toMatchObject({ answer: unavailable('gateway-failed'), submissions: 0 });
    await new Promise((resolve) => setTimeout(resolve, 15_500 / TIMES));
    const tried = await searchWith(null, provider);
    expect(tried.answer.kind).toBe('match');
  });
});
