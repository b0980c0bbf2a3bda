import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { createAuditLog } from '../../electron/audit/audit-log.ts';
import { openDatabase } from '../../electron/storage/database.ts';
import { temporaryFolder } from '../support/counts/temporary-database.ts';
import { eventsOfCheck } from '../support/counts/written-log.ts';

/** `npm run bench:audit [-- EVENTS]`: writes that many events, then times a start on them and a whole verification. */
const wanted = Number(process.argv[2] ?? 1_000_000);
const CHECKS_AT_ONCE = 500;

async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly ms: number; readonly cpuMs: number; readonly value: T }> {
  const start = performance.now();
  const used = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return { ms: Math.round(performance.now() - start), cpuMs: Math.round((user + system) / 1_000), value };
}

await using folder = await temporaryFolder();
const filePath = join(folder.path, 'station.db');
const clock = { now: () => Date.parse('2026-03-01T09:00:00Z') };
const writing = await timed(async () => {
  await using database = await openDatabase({ filePath });
  const log = createAuditLog(database, clock);
  for (let check = 1; check <= wanted / 10; check += CHECKS_AT_ONCE) {
    const count = Math.min(CHECKS_AT_ONCE, wanted / 10 - check + 1);
    await log.appendAll(Array.from({ length: count }, (_, index) => eventsOfCheck(check + index)).flat());
  }
});
const start = await timed(async () => {
  const database = await openDatabase({ filePath });
  const log = createAuditLog(database, clock);
  return { database, log, since: await log.verifySinceCheckpoint() };
});
await using database = start.value.database;
const whole = await timed(() => start.value.log.verify());
console.log(
  JSON.stringify({
    events: whole.value.events,
    kind: whole.value.kind,
    writeMs: writing.ms,
    startMs: start.ms,
    startCpuMs: start.cpuMs,
    verifyMs: whole.ms,
    verifyCpuMs: whole.cpuMs,
    residentMb: Math.round(process.memoryUsage().rss / 1e6),
    isOpen: database.filePath === filePath,
  }),
);
