import { generateKeyPairSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { documentHash } from '../../electron/counts/count-document.ts';
import type { CountDocument } from '../../electron/counts/count-document.ts';
import { makePack } from '../../electron/counts/pack/transparency-pack.ts';
import { documentsAddress } from '../../electron/counts/deliver.ts';
import { signerOf } from '../../electron/counts/station-key.ts';
import { monthsBetween } from '../../electron/domain/counts/month.ts';
import { collectorPlace, openCollectorDatabase } from '../upstream/collector/collector-database.ts';
import { forceTables } from '../upstream/collector/force-tables.ts';
import { enrol } from '../upstream/collector/ingest.ts';
import { collectorProcess } from '../support/counts/collector-process.ts';
import { drawFrom } from '../support/counts/counting-station.ts';
import { embeddedPostgresql } from '../support/counts/embedded-postgresql.ts';
import { randomCounts } from '../support/counts/random-counts.ts';

/** `npm run bench:counts [-- STATIONS]`: a country's documents of one month, twice each in random order; then a ten-year pack. */
const stations = Number(process.argv[2] ?? 5_000);
const MONTH = '2026-03';
/** Requests that are on their way at one time. */
const IN_FLIGHT = 32;

async function collectorSeconds(): Promise<object> {
  await using server = await embeddedPostgresql();
  const connection = await openCollectorDatabase(collectorPlace(server.address));
  const wanted = new Map<string, number>();
  const requests: { readonly body: string; readonly key: string; readonly at: number }[] = [];
  const enrolled: { force: string; station: string; publicKey: string }[] = [];
  const draw = drawFrom('bench');
  for (let index = 0; index < stations; index += 1) {
    const key = signerOf(generateKeyPairSync('ed25519').privateKey);
    const place = { force: `force-${index % 45}`, station: `station-${index}` };
    enrolled.push({ ...place, publicKey: key.publicKey });
    const cells = (randomCounts([MONTH], 25, index, true).get(MONTH) ?? {}) as CountDocument['cells'];
    const anchors = [{ sequence: 1 + draw(90_000), hash: documentHash({ ...emptyDocument(place), revision: 1 }) }];
    const document: CountDocument = { ...emptyDocument(place), cells, auditAnchors: anchors };
    const request = { body: JSON.stringify(key.sign(document)), key: documentHash(document) };
    requests.push({ ...request, at: draw(1e9) }, { ...request, at: draw(1e9) });
    for (const [cell, total = 0] of Object.entries(cells)) {
      const name = `${place.force} ${cell}`;
      wanted.set(name, (wanted.get(name) ?? 0) + total);
    }
  }
  await enrol(connection, enrolled);
  const collector = await collectorProcess(server.address);
  const queue = requests.toSorted((one, other) => one.at - other.at);
  const start = performance.now();
  let refused = 0;
  const worker = async (): Promise<void> => {
    for (let request = queue.pop(); request !== undefined; request = queue.pop()) {
      const response = await fetch(documentsAddress(collector.address), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': request.key },
        body: request.body,
      });
      await response.arrayBuffer();
      if (!response.ok) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const seconds = (performance.now() - start) / 1_000;
  const found = new Map<string, number>();
  for (let force = 0; force < 45; force += 1) {
    const { rows } = await forceTables(connection, `force-${force}`, MONTH, MONTH);
    for (const { cell, total } of rows) found.set(`force-${force} ${cell}`, total);
  }
  const isRight = found.size === wanted.size && [...wanted].every(([name, total]) => found.get(name) === total);
  await collector.kill();
  await connection.destroy();
  return {
    stations,
    documents: requests.length,
    refused,
    collectorSeconds: Number(seconds.toFixed(1)),
    tablesRightToTheUnit: isRight,
  };
}

function emptyDocument(place: { readonly force: string; readonly station: string }): CountDocument {
  return { format: 'ridgeway-counts/1', ...place, month: MONTH, revision: 1, cells: {}, auditAnchors: [] };
}

function packSeconds(): object {
  const months = monthsBetween('2016-01', '2025-12');
  const counts = randomCounts(months, 60, 'ten years', true);
  const start = performance.now();
  const used = process.cpuUsage();
  const { release, decision } = makePack(
    { counts, earlier: [], inUseSince: '2016-01', missing: [] },
    { from: '2016-01', to: '2025-12', publisher: 'Bench', threshold: 5, nowMs: Date.parse('2026-02-01T00:00:00Z') },
  );
  const seconds = (performance.now() - start) / 1_000;
  const cells = decision.table.values.length;
  const small = decision.reasons.filter(({ kind }) => kind === 'small').length;
  return {
    months: months.length,
    cells,
    rows: release.rows.length,
    small,
    alsoHidden: decision.reasons.length - small,
    unprotected: decision.unprotected,
    packSeconds: Number(seconds.toFixed(1)),
    packCpuSeconds: Number((process.cpuUsage(used).user / 1e6).toFixed(1)),
  };
}

console.log(JSON.stringify({ ...(await collectorSeconds()), tenYears: packSeconds() }));
process.exit(0);
