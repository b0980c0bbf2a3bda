import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { verifyLog } from '../../electron/audit/verify-log.ts';
import { createAuditStore } from '../../electron/storage/audit-store.ts';
import { openForReading } from '../../electron/storage/database.ts';
import { collectorProcess } from '../support/counts/collector-process.ts';
import type { CollectorProcess } from '../support/counts/collector-process.ts';
import { embeddedPostgresql } from '../support/counts/embedded-postgresql.ts';
import { replayLog } from '../support/counts/replay-log.ts';
import { temporaryFolder } from '../support/counts/temporary-database.ts';
import { collectorPlace, openCollectorDatabase } from '../upstream/collector/collector-database.ts';
import { forceTables, stationAnchors } from '../upstream/collector/force-tables.ts';
import { enrol } from '../upstream/collector/ingest.ts';
import { addWanted, FORCE, YEAR } from './counting-script.ts';
import { stationKey } from './station-key.ts';

/**
 * `npm run prove:counts [-- STATIONS]`: so many stations live a year on a network that loses, doubles and delays, while the
 * collector and the stations are killed and started again. In the end upstream must equal what the stations' audit logs
 * say, and what they were told to do, to the unit.
 */
const stations = Number(process.argv[2] ?? 1_000);
/** Stations that one process lives through; small, so that every kill hits the middle of something. */
const STATIONS_A_PROCESS = 20;
const PROCESSES = 2;
/** Kills of one process before it is left alone to finish. */
const KILLS_A_PROCESS = 3;
const COLLECTOR_LIVES_MS = 4_000;
const WORKER = new URL('./counting-worker.ts', import.meta.url);

let stationKills = 0;
let collectorKills = 0;

async function runOnce(
  folder: string,
  address: string,
  from: number,
  to: number,
  killAfterMs: number | null,
): Promise<boolean> {
  const child = spawn(process.execPath, [fileURLToPath(WORKER), folder, address, String(from), String(to)], {
    stdio: ['ignore', 'ignore', killAfterMs === null ? 'inherit' : 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await ended;
  if (timer !== null) clearTimeout(timer);
  if (code === null) stationKills += 1;
  return code === 0;
}

async function liveThrough(folder: string, address: string, from: number, to: number): Promise<void> {
  for (let kill = 0; kill < KILLS_A_PROCESS; kill += 1) {
    if (await runOnce(folder, address, from, to, 400 + Math.random() * 3_000)) return;
  }
  for (let attempt = 0; attempt < 5; attempt += 1) if (await runOnce(folder, address, from, to, null)) return;
  throw new Error(`the stations ${from} to ${to} did not come to an end`);
}

async function keepKilling(
  collector: CollectorProcess,
  database: string,
  stop: AbortSignal,
): Promise<CollectorProcess> {
  const port = Number(new URL(collector.address).port);
  let running = collector;
  while (!stop.aborted) {
    await wait(COLLECTOR_LIVES_MS * (0.5 + Math.random()), undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) break;
    await running.kill();
    collectorKills += 1;
    running = await collectorProcess(database, port);
  }
  return running;
}

function differences(wanted: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => wanted.get(key) !== found.get(key))
    .map((key) => `${key}: wanted ${wanted.get(key) ?? 0}, found ${found.get(key) ?? 0}`);
}

const started = performance.now();
await using server = await embeddedPostgresql();
await using folder = await temporaryFolder();
const connection = await openCollectorDatabase(collectorPlace(server.address));
await enrol(
  connection,
  Array.from({ length: stations }, (_, station) => ({
    force: FORCE,
    station: `station-${station}`,
    publicKey: stationKey(station).publicKey,
  })),
);
const first = await collectorProcess(server.address);
const stop = new AbortController();
const killing = keepKilling(first, server.address, stop.signal);
const queue = Array.from(
  { length: Math.ceil(stations / STATIONS_A_PROCESS) },
  (_, index) => index * STATIONS_A_PROCESS,
);
const work = async (): Promise<void> => {
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    await liveThrough(folder.path, first.address, from, Math.min(stations, from + STATIONS_A_PROCESS));
  }
};
await Promise.all(Array.from({ length: PROCESSES }, work));
stop.abort();
await (await killing).kill();

const wanted = new Map<string, number>();
const replayed = new Map<string, number>();
let wholeLogs = 0;
for (let station = 0; station < stations; station += 1) {
  addWanted(wanted, station);
  await using database = await openForReading(join(folder.path, `station-${station}.db`));
  for (const [key, total] of await replayLog(database)) replayed.set(key, (replayed.get(key) ?? 0) + total);
  const anchors = await stationAnchors(connection, FORCE, `station-${station}`);
  const verification = await verifyLog(createAuditStore(database), { anchors });
  if (verification.kind === 'whole' && verification.anchorsMet >= YEAR.length) wholeLogs += 1;
}
const tables = await forceTables(connection, FORCE, YEAR[0] ?? '', YEAR.at(-1) ?? '');
const upstream = new Map(tables.rows.map(({ month, cell, total }) => [`${month} ${cell}`, total]));
const inTheLog = new Map([...upstream].filter(([key]) => !/ (time|ethnicity)\//.test(key)));
const wrong = [...differences(wanted, upstream), ...differences(replayed, inTheLog)];
await connection.destroy();
for (const line of wrong.slice(0, 20)) console.error(line);
const checks = [...wanted].reduce((sum, [key, total]) => sum + (key.endsWith(' check') ? total : 0), 0);
console.log(
  JSON.stringify({
    stations,
    months: YEAR.length,
    checks,
    stationKills,
    collectorKills,
    wholeLogs,
    missing: tables.missing.length,
    equalsTheLogs: wrong.length === 0,
    seconds: Math.round((performance.now() - started) / 1_000),
  }),
);
process.exitCode = wrong.length === 0 && wholeLogs === stations && tables.missing.length === 0 ? 0 : 1;
