import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { StationError } from '../../domain/station-error.ts';
import { createAuditStore } from '../../storage/audit-store.ts';
import { openForReading } from '../../storage/database.ts';
import { AuditFault } from '../audit-fault.ts';
import type { ExportPeriod } from '../export-log.ts';
import { verifyLog } from '../verify-log.ts';
import type { Anchor } from '../verify-log.ts';
import { writeExport } from '../write-export.ts';

const USAGE = `usage: npm run -s audit -- verify FILE [--anchors ANCHORS.json]
       npm run -s audit -- export FILE --out DIR [--from 2026-01-01T00:00:00.000Z] [--to …]

Works on the station's database file while the station is not running, and changes nothing in it.
verify ends with 0 when the log is whole and with 1 when it is not. ANCHORS.json is what the collector serves for the station.`;

const anchorList = z.array(z.object({ sequence: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) }));

async function readAnchors(filePath: string | undefined): Promise<readonly Anchor[]> {
  if (filePath === undefined) return [];
  try {
    return anchorList.parse(JSON.parse(await readFile(filePath, 'utf8')));
  } catch (error) {
    throw new AuditFault('audit.anchors-unreadable', {}, { cause: error });
  }
}

async function verify(filePath: string, anchorsFile: string | undefined): Promise<number> {
  const anchors = await readAnchors(anchorsFile);
  await using database = await openForReading(filePath);
  const found = await verifyLog(createAuditStore(database), { anchors });
  const damage = await database.findDamage();
  console.log(JSON.stringify({ ...found, databaseDamage: damage }));
  if (found.kind === 'broken')
    console.error(`The log does not fit at event ${found.firstBadSequence}: ${found.reason}.`);
  else if (damage !== null) console.error(`The events fit, but the database file is damaged: ${damage}.`);
  return found.kind === 'whole' && damage === null ? 0 : 1;
}

async function exportTo(filePath: string, folder: string, period: ExportPeriod): Promise<number> {
  await using database = await openForReading(filePath);
  const store = createAuditStore(database);
  const verification = await verifyLog(store);
  const { events } = await writeExport(store, period, verification, folder);
  console.log(JSON.stringify({ out: folder, events, isWhole: verification.kind === 'whole' }));
  return 0;
}

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { anchors: { type: 'string' }, out: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const [command, filePath, ...more] = positionals;
  if (filePath !== undefined && more.length === 0) {
    if (command === 'verify') return verify(filePath, values.anchors);
    if (command === 'export' && values.out !== undefined) {
      return exportTo(filePath, values.out, { from: values.from ?? null, to: values.to ?? null });
    }
  }
  console.error(USAGE);
  return 2;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof StationError) console.error(`${error.code} ${JSON.stringify(error.figures)}`);
  else if (error instanceof Error && 'code' in error) console.error(`${error.message}\n\n${USAGE}`);
  else throw error;
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
