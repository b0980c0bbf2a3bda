/**
 * Kills stations under load at random moments, starts them again, and reads what they kept: every acknowledged end is
 * there once, every check counts once, the chain is whole with one receipt for each buffer, and no file holds a print.
 *
 *   npm run prove:crash [-- --kills N] [-- --stations N] [-- --seed N]
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createAuditLog } from '../../electron/audit/audit-log.ts';
import { systemClock } from '../../electron/station/system-clock.ts';
import { createCountStore } from '../../electron/storage/count-store.ts';
import { openForReading } from '../../electron/storage/database.ts';
import { seededRandom } from '../../native-bridge/scanner/seeded-random.ts';
import { acknowledged, CRASH_FINGERS, type Acknowledged } from './crash/crash-fingers.ts';
import { needlesOf } from './erasure/needles.ts';
import { searchFiles } from './erasure/search-files.ts';

const STATION = fileURLToPath(new URL('./crash/busy-station.ts', import.meta.url));
/** Longest time that a station works before it is killed, milliseconds: a few checks with prints. */
const LONGEST_LIFE_MS = 3_000;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    stations: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const [kills, stations, seed] = [Number(values.kills), Number(values.stations), Number(values.seed)];
const random = seededRandom(seed);
const root = mkdtempSync(path.join(tmpdir(), 'ridgeway-crash-'));
const temporary = path.join(root, 'tmp');
mkdirSync(temporary);
const index = needlesOf(CRASH_FINGERS);
// Compiled modules are kept elsewhere: a start that is faster leaves more kills for the time.
const environment = { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: path.join(tmpdir(), 'ridgeway-compiled') };

interface Life {
  readonly ended: readonly Acknowledged[];
  readonly wasReady: boolean;
}

/** Lets a station work until it is killed `lifeMs` after it was ready, or after its start for every tenth. */
async function liveAndDie(dataFolder: string, lifeMs: number, isFromTheStart: boolean): Promise<Life> {
  const child = spawn(process.execPath, [STATION, dataFolder, 'work'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment,
  });
  const ended: Acknowledged[] = [];
  let wasReady = false;
  const died = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  const kill = async (): Promise<void> => {
    await pause(lifeMs);
    child.kill('SIGKILL');
  };
  let killing = isFromTheStart ? kill() : null;
  for await (const line of createInterface({ input: child.stdout })) {
    // A line that the kill has cut short was not acknowledged.
    if (!line.endsWith('}') && line !== '"ready"') continue;
    if (line === '"ready"') {
      wasReady = true;
      killing ??= kill();
    } else ended.push(acknowledged.parse(JSON.parse(line)));
  }
  await killing;
  const signal = await died;
  if (signal !== 'SIGKILL') throw new Error('the station ended by itself');
  return { ended, wasReady };
}

function stopCleanly(dataFolder: string): Promise<number> {
  const child = spawn(process.execPath, [STATION, dataFolder, 'stop'], { stdio: 'inherit', env: environment });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1)));
}

interface StationProof {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly double: number;
  readonly checks: number;
  readonly counted: number;
  readonly chain: string;
  readonly buffers: number;
  readonly openChecks: number;
  readonly printsOnDisk: number;
  readonly endedWithTheProcess: number;
}

/** Reads the database as an auditor would, after the last start has ended what the last kill left open. */
async function readStation(dataFolder: string): Promise<
  Omit<StationProof, 'kills' | 'printsOnDisk' | 'acknowledged' | 'lost' | 'double'> & {
    readonly endings: ReadonlyMap<string, readonly string[]>;
  }
> {
  await using database = await openForReading(path.join(dataFolder, 'ridgeway.sqlite'));
  const audit = createAuditLog(database, systemClock);
  const events = await audit.search({ limit: Number.MAX_SAFE_INTEGER });
  const withGrounds = new Set(
    events.filter(({ code }) => code === 'grounds-recorded').map(({ reference }) => reference),
  );
  const endings = new Map<string, string[]>();
  for (const event of events) {
    if (event.code !== 'check-ended' || event.reference === null) continue;
    endings.set(event.reference, [...(endings.get(event.reference) ?? []), event.details.ending]);
  }
  const cells = await createCountStore(database).between('2000-01', '2099-12');
  const verified = await audit.verify();
  return {
    endings,
    checks: withGrounds.size,
    counted: cells.filter(({ cell }) => cell === 'check').reduce((sum, { total }) => sum + total, 0),
    chain: verified.kind === 'whole' ? 'whole' : `${verified.reason} at ${verified.firstBadSequence}`,
    buffers: verified.kind === 'whole' ? verified.buffers : -1,
    openChecks: verified.kind === 'whole' ? verified.openChecks : -1,
    endedWithTheProcess: events.filter(({ code }) => code === 'ended-with-the-process').length,
  };
}

async function proveStation(number: number, many: number, galleries: string): Promise<StationProof> {
  const dataFolder = path.join(root, `station-${number}`);
  cpSync(galleries, dataFolder, { recursive: true });
  const ended: Acknowledged[] = [];
  let printsOnDisk = 0;
  for (let kill = 0; kill < many; kill += 1) {
    const life = await liveAndDie(dataFolder, random() * LONGEST_LIFE_MS, kill % 10 === 9);
    ended.push(...life.ended);
    printsOnDisk += searchFiles([dataFolder, temporary], index).hits.length;
  }
  if ((await stopCleanly(dataFolder)) !== 0) throw new Error('the station could not be closed');
  const { endings, ...read } = await readStation(dataFolder);
  return {
    kills: many,
    acknowledged: ended.length,
    lost: ended.filter(({ reference, ending }) => !(endings.get(reference) ?? []).includes(ending)).length,
    double: [...endings.values()].filter((of) => of.length > 1).length,
    printsOnDisk,
    ...read,
  };
}

function isProved(proof: StationProof): boolean {
  const isCounted = proof.counted === proof.checks && proof.lost === 0 && proof.double === 0;
  return isCounted && proof.chain === 'whole' && proof.openChecks === 0 && proof.printsOnDisk === 0;
}

try {
  // The first start makes the galleries; every station begins with a copy of them and with nothing else.
  const first = path.join(root, 'first');
  if ((await stopCleanly(first)) !== 0) throw new Error('the galleries could not be made');
  const galleries = path.join(root, 'galleries');
  mkdirSync(galleries);
  for (const name of ['police.gallery', 'immigration.gallery'])
    cpSync(path.join(first, name), path.join(galleries, name));
  const shares = Array.from(
    { length: stations },
    (_, at) => Math.floor((kills * (at + 1)) / stations) - Math.floor((kills * at) / stations),
  );
  const proofs: StationProof[] = [];
  let next = 0;
  const workOff = async (): Promise<void> => {
    for (let at = next++; at < shares.length; at = next++) {
      const proof = await proveStation(at, shares[at]!, galleries);
      proofs.push(proof);
      console.error(`${isProved(proof) ? 'proved' : 'NOT PROVED'}: ${JSON.stringify(proof)}`);
    }
  };
  await Promise.all([workOff(), workOff()]);
  const sum = (of: (proof: StationProof) => number): number => proofs.reduce((total, proof) => total + of(proof), 0);
  const figures = {
    seed,
    stations: proofs.length,
    kills: sum((proof) => proof.kills),
    acknowledged: sum((proof) => proof.acknowledged),
    checks: sum((proof) => proof.checks),
    counted: sum((proof) => proof.counted),
    countsLost: sum((proof) => proof.lost),
    countsDouble: sum((proof) => proof.double),
    buffers: sum((proof) => proof.buffers),
    endedWithTheProcess: sum((proof) => proof.endedWithTheProcess),
    printsOnDisk: sum((proof) => proof.printsOnDisk),
    chainsWhole: proofs.filter(({ chain }) => chain === 'whole').length,
  };
  console.log(JSON.stringify(figures));
  process.exitCode = proofs.length === stations && proofs.every(isProved) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
