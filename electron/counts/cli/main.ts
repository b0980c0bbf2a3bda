import { access, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAuditLog } from '../../audit/audit-log.ts';
import { DEFAULT_THRESHOLD } from '../../domain/counts/disclosure/parameters.ts';
import type { Release } from '../../domain/counts/disclosure/release.ts';
import { StationError } from '../../domain/station-error.ts';
import { openDatabase } from '../../storage/database.ts';
import { createReleaseStore } from '../../storage/release-store.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import { CountsFault } from '../counts-fault.ts';
import { correctCounts, correctionAsked } from './correct.ts';
import { collectorSource, stationSource } from '../pack/pack-source.ts';
import { parseRelease } from '../pack/release-json.ts';
import { makePack, takeEmptyFolder, writePack } from '../pack/transparency-pack.ts';
import type { Pack, PackRequest } from '../pack/transparency-pack.ts';

const USAGE = `usage: npm run -s counts -- pack --from YYYY-MM --to YYYY-MM --out DIR
         (--db STATION.db | --collector TABLES.json [--history RELEASES.json])
         [--publisher NAME] [--threshold N]

       npm run -s counts -- correct --db STATION.db --month YYYY-MM --user ADMINISTRATOR
         --reason entered-twice|entered-wrongly|training-check|database-restored CELL=-1 [CELL=+1 ...]

pack makes the publication of the closed months of a period. The station must not be running on that database.
What is published is kept (in the database, or in --history), so that the next publication cannot give it away.
correct writes entries of their own; the month must still add up. The cells are in docs/counts-api.md.`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  db: { type: 'string' },
  collector: { type: 'string' },
  history: { type: 'string' },
  publisher: { type: 'string', default: 'The police force' },
  threshold: { type: 'string', default: String(DEFAULT_THRESHOLD) },
  month: { type: 'string' },
  user: { type: 'string' },
  reason: { type: 'string' },
} as const;

const asked = z.object({
  from: z.string(),
  to: z.string(),
  out: z.string(),
  db: z.string().optional(),
  collector: z.string().optional(),
  history: z.string().optional(),
  publisher: z.string().min(1).max(100),
  threshold: z.coerce.number().int().min(2).max(1_000),
});

async function readHistory(filePath: string | undefined): Promise<readonly Release[]> {
  if (filePath === undefined) return [];
  const text = await readFile(filePath, 'utf8').catch(() => '[]');
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(text))
      .map((release) => parseRelease(JSON.stringify(release)));
  } catch (error) {
    throw new CountsFault('counts.source-unreadable', { reason: 'history' }, { cause: error });
  }
}

async function packFromStation(filePath: string, request: PackRequest, out: string): Promise<Pack> {
  await access(filePath).catch((error: unknown) => {
    throw new StorageFault('storage.missing', {}, { cause: error });
  });
  await using database = await openDatabase({ filePath });
  const pack = makePack(await stationSource(database, request.from, request.to), request);
  // Kept before it is written: a release that is known and not published harms nobody, the other way round it does.
  await database.transaction(async () => {
    await createReleaseStore(database).add(
      new Date(request.nowMs).toISOString().slice(0, 10),
      JSON.stringify(pack.release),
    );
    const details = { from: request.from, to: request.to };
    const log = createAuditLog(database, { now: () => request.nowMs });
    await log.append({ code: 'pack-made', actor: null, reference: null, details });
  });
  await writePack(pack.files, out);
  return pack;
}

async function packFromCollector(
  filePath: string,
  history: string | undefined,
  request: PackRequest,
  out: string,
): Promise<Pack> {
  const earlier = await readHistory(history);
  const pack = makePack(await collectorSource(filePath, earlier), request);
  if (history !== undefined)
    await writeFile(history, `${JSON.stringify([...earlier, pack.release])}\n`, { mode: 0o600 });
  await writePack(pack.files, out);
  return pack;
}

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  if (positionals[0] === 'correct') {
    const correction = correctionAsked.safeParse({ ...values, differences: positionals.slice(1) });
    if (!correction.success) {
      console.error(USAGE);
      return 2;
    }
    console.log(JSON.stringify(await correctCounts(correction.data, Date.now())));
    return 0;
  }
  const parsed = asked.safeParse(values);
  if (
    positionals.join(' ') !== 'pack' ||
    !parsed.success ||
    (parsed.data.db === undefined) === (parsed.data.collector === undefined)
  ) {
    console.error(USAGE);
    return 2;
  }
  const { from, to, out, db, collector, history, publisher, threshold } = parsed.data;
  await takeEmptyFolder(out);
  const request = { from, to, publisher, threshold, nowMs: Date.now() };
  const pack =
    collector === undefined
      ? await packFromStation(db ?? '', request, out)
      : await packFromCollector(collector, history, request, out);
  const hidden = pack.release.rows.reduce((sum, row) => sum + row.hidden.length, 0);
  console.log(JSON.stringify({ files: pack.files.length, hidden, heldMonths: pack.decision.heldMonths.length, out }));
  return 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof TypeError && 'code' in error) console.error(`${error.message}\n\n${USAGE}`);
  else if (error instanceof StationError) console.error(`${error.code} ${JSON.stringify(error.figures)}`);
  else throw error;
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
