import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentHash } from '../../../electron/counts/count-document.ts';
import type { CountDocument, SignedDocument } from '../../../electron/counts/count-document.ts';
import { documentsAddress } from '../../../electron/counts/deliver.ts';
import { signerOf } from '../../../electron/counts/station-key.ts';
import { monthsBetween } from '../../../electron/domain/counts/month.ts';
import { drawFrom } from '../../support/counts/counting-station.ts';
import { embeddedPostgresql } from '../../support/counts/embedded-postgresql.ts';
import type { RunningPostgresql } from '../../support/counts/embedded-postgresql.ts';
import { randomCounts } from '../../support/counts/random-counts.ts';
import { COLLECTOR_TOKEN, runningCollector } from '../../support/counts/running-collector.ts';
import type { RunningCollector } from '../../support/counts/running-collector.ts';

const key = signerOf(generateKeyPairSync('ed25519').privateKey);

function documentOf(changes: Partial<CountDocument> = {}): CountDocument {
  return {
    format: 'ridgeway-counts/1',
    force: 'north',
    station: 'desk-1',
    month: '2026-03',
    revision: 1,
    cells: { check: 2, 'ground/6B(a)': 2, 'outcome/declined': 2 },
    auditAnchors: [{ sequence: 7, hash: 'a'.repeat(64) }],
    ...changes,
  };
}

async function post(collector: RunningCollector, signed: unknown, idempotencyKey: string): Promise<[number, unknown]> {
  const response = await fetch(documentsAddress(collector.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(signed),
  });
  return [response.status, await response.json()];
}

const send = (collector: RunningCollector, document: CountDocument, signer = key): Promise<[number, unknown]> =>
  post(collector, signer.sign(document), documentHash(document));

describe.each(['SQLite', 'PostgreSQL'])('the collector on %s', (kind) => {
  let server: RunningPostgresql | null = null;
  let collector: RunningCollector;

  beforeAll(async () => {
    if (kind === 'PostgreSQL') server = await embeddedPostgresql(['-c', 'fsync=off']);
    collector = await runningCollector(
      server === null ? { kind: 'sqlite', filePath: ':memory:' } : { kind: 'postgresql', address: server.address },
    );
    await collector.enrol('north', 'desk-1', key.publicKey);
  }, 120_000);

  afterAll(async () => {
    await collector[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  test('takes a document once however often it comes, and answers with its hash', async () => {
    const document = documentOf({ month: '2025-01' });
    const received = { received: documentHash(document) };

    const answers = await Promise.all([1, 2, 3, 4].map(() => send(collector, document)));

    expect(answers.map(([status]) => status).toSorted()).toEqual([200, 200, 200, 201]);
    expect(answers.every(([, body]) => JSON.stringify(body) === JSON.stringify(received))).toBe(true);
    expect((await collector.tables('north', '2025-01', '2025-01')).rows).toContainEqual({
      month: '2025-01',
      cell: 'check',
      total: 2,
    });
  });

  test('lets the highest revision stand in whatever order revisions come', async () => {
    const first = documentOf({ month: '2025-02' });
    const second = documentOf({
      month: '2025-02',
      revision: 2,
      cells: { check: 5, 'ground/6B(b)': 5, 'outcome/declined': 5 },
    });

    await send(collector, second);
    await send(collector, first);

    const { rows } = await collector.tables('north', '2025-02', '2025-02');
    expect(rows.map(({ cell, total }) => `${cell} ${total}`)).toEqual([
      'check 5',
      'ground/6B(b) 5',
      'outcome/declined 5',
    ]);
  });

  test('answers with the highest revision when one comes again with other content', async () => {
    await send(collector, documentOf({ month: '2025-03' }));
    await send(collector, documentOf({ month: '2025-03', revision: 4 }));

    const other = documentOf({ month: '2025-03', cells: {} });

    expect(await send(collector, other)).toEqual([409, { taken: 4 }]);
  });

  test('refuses a document of a station that it does not know, or that is signed by another key', async () => {
    const stranger = signerOf(generateKeyPairSync('ed25519').privateKey);

    expect(await send(collector, documentOf({ station: 'desk-9' }))).toEqual([403, { refused: 'unknown-station' }]);
    expect(await send(collector, documentOf({ month: '2025-04' }), stranger)).toEqual([403, { refused: 'signature' }]);
  });

  test('refuses a document whose numbers were changed after it was signed', async () => {
    const signed = key.sign(documentOf({ month: '2025-05' }));
    const forged: SignedDocument = { ...signed, document: { ...signed.document, revision: 9 } };

    expect(await post(collector, forged, documentHash(forged.document))).toEqual([403, { refused: 'signature' }]);
  });

  test.each<[string, (signed: SignedDocument) => unknown]>([
    ['an extra key beside the document', (signed) => ({ ...signed, note: 'x' })],
    ['an extra key in the document', (signed) => ({ ...signed, document: { ...signed.document, officer: 'x' } })],
    [
      'a cell that is not in the list',
      (signed) => ({ ...signed, document: { ...signed.document, cells: { 'nationality/x': 1 } } }),
    ],
    ['a time finer than a month', (signed) => ({ ...signed, document: { ...signed.document, month: '2026-03-01' } })],
    ['counts that do not add up', (signed) => ({ ...signed, document: { ...signed.document, cells: { check: 3 } } })],
    ['a number with a fraction', (signed) => ({ ...signed, document: { ...signed.document, revision: 1.5 } })],
    ['a list', () => []],
    ['nothing', () => null],
  ])('refuses %s by its schema', async (_name, change) => {
    expect(await post(collector, change(key.sign(documentOf())), 'x')).toEqual([422, { refused: 'schema' }]);
  });

  test('refuses a key that is not the hash of the document', async () => {
    expect(await post(collector, key.sign(documentOf({ month: '2025-06' })), 'b'.repeat(64))).toEqual([
      403,
      { refused: 'idempotency-key' },
    ]);
  });

  test('sums the stations of a force to the unit, whatever the order, twice each', async () => {
    const stations = Array.from({ length: 12 }, (_, index) => `wing-${index}`);
    const months = monthsBetween('2024-01', '2024-03');
    const wanted = new Map<string, number>();
    const documents: CountDocument[] = [];
    for (const station of stations) {
      await collector.enrol('south', station, key.publicKey);
      for (const [month, cells] of randomCounts(months, 20, station)) {
        documents.push(documentOf({ force: 'south', station, month, cells: cells as CountDocument['cells'] }));
        for (const [cell, count = 0] of Object.entries(cells))
          wanted.set(`${month} ${cell}`, (wanted.get(`${month} ${cell}`) ?? 0) + count);
      }
    }
    const draw = drawFrom('order');
    const order = [...documents, ...documents].map((document) => ({ document, at: draw(1_000_000) }));

    await Promise.all(
      order.toSorted((one, other) => one.at - other.at).map(({ document }) => send(collector, document)),
    );

    const { rows, stations: known, missing } = await collector.tables('south', '2024-01', '2024-03');
    expect(Object.fromEntries(rows.map(({ month, cell, total }) => [`${month} ${cell}`, total]))).toEqual(
      Object.fromEntries(wanted),
    );
    expect([known, missing]).toEqual([12, []]);
  });

  test('serves tables and anchors to the holder of the token alone', async () => {
    await send(collector, documentOf({ month: '2025-07' }));
    const get = async (path: string, token: string): Promise<[number, unknown]> => {
      const response = await fetch(`${collector.address}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return [response.status, await response.json()];
    };

    expect(await get('/v1/forces/north/stations/desk-1/anchors', 'wrong')).toEqual([401, { refused: 'token' }]);
    expect(await get('/v1/forces/north/stations/desk-1/anchors', COLLECTOR_TOKEN)).toEqual([
      200,
      [{ sequence: 7, hash: 'a'.repeat(64) }],
    ]);
    expect(await get('/v1/forces/north/tables?from=2025-07&to=2025-07', COLLECTOR_TOKEN)).toMatchObject([
      200,
      { force: 'north', rows: [{ cell: 'check', total: 2 }, {}, {}] },
    ]);
    expect(await get('/v1/forces/north/tables?from=2025-07', COLLECTOR_TOKEN)).toEqual([422, { refused: 'period' }]);
    expect(await get('/v1/elsewhere', COLLECTOR_TOKEN)).toEqual([404, { refused: 'path' }]);
  });

  test.each([
    ['not JSON', '{', 400],
    ['a body without end', 'x'.repeat(100_000), 413],
  ])('refuses %s and goes on', async (_name, body, status) => {
    const response = await fetch(documentsAddress(collector.address), { method: 'POST', body });

    expect(response.status).toBe(status);
    expect((await send(collector, documentOf({ month: '2025-08' })))[0]).toBeLessThan(300);
  });
});
