import { join } from 'node:path';
import type { AuditEvent } from '../../electron/audit/event-schemas.ts';
import { createAuditLog } from '../../electron/audit/audit-log.ts';
import { createCountSync } from '../../electron/counts/sync.ts';
import { createTally } from '../../electron/counts/tally.ts';
import { monthAfter, monthOf } from '../../electron/domain/counts/month.ts';
import { createCheckStore } from '../../electron/storage/check-store.ts';
import { openDatabase } from '../../electron/storage/database.ts';
import { countingStation, seededBytes, TEST_OFFICER } from '../support/counts/counting-station.ts';
import { faultyNetwork } from '../support/counts/faulty-network.ts';
import { FORCE, scriptOf, YEAR } from './counting-script.ts';
import type { ScriptedCheck } from './counting-script.ts';
import { stationKey } from './station-key.ts';

/** Lives the year of some stations; killed at any moment and started again, it goes on where the database stands. */
const [folder = '', address = '', first = '0', last = '0'] = process.argv.slice(2);
const never = new AbortController().signal;
const network = faultyNetwork({ lostRequest: 15, lostAnswer: 15, duplicate: 10, late: 10 }, (below) =>
  Math.floor(Math.random() * below),
);

async function live(station: number): Promise<void> {
  await using database = await openDatabase({ filePath: join(folder, `station-${station}.db`) });
  let nowMs = Date.parse(`${YEAR[0]}-01T01:00:00Z`);
  const clock = { now: () => nowMs };
  await countingStation(database, clock);
  const log = createAuditLog(database, clock);
  const tally = createTally(database, log);
  const checks = createCheckStore(database);
  const sync = createCountSync({
    database,
    auditLog: log,
    key: stationKey(station),
    clock,
    randomness: seededBytes(station),
    fetch: network,
    firstWaitMs: 1,
    choice: async () => ({ isSwitchedOn: true, address, force: FORCE, station: `station-${station}` }),
  });

  async function make({ id, endedAtMs, check }: ScriptedCheck): Promise<void> {
    nowMs = endedAtMs;
    const known = await checks.byId(id);
    if (known?.endedAt) return;
    const at = new Date(endedAtMs).toISOString();
    const { reference } = known ?? (await checks.open({ id, officerId: TEST_OFFICER, openedAt: at }));
    const of = { actor: TEST_OFFICER, reference };
    const events: AuditEvent[] = [
      { ...of, code: 'grounds-recorded', details: { ground: check.ground, wasDiversionDeclined: false } },
    ];
    if (check.werePrintsUnusable) {
      events.push({ ...of, code: 'capture-refused', details: { reason: 'blank', position: 2 } });
    }
    for (const name of ['police', 'immigration'] as const) {
      if (check.answers === null) continue;
      events.push({ ...of, code: 'search-started', details: { database: name } });
      events.push({ ...of, code: 'answer-received', details: { database: name, answer: check.answers[name] } });
    }
    for (const event of events) await log.append(event);
    await database.transaction(async () => {
      await checks.update(id, { state: 'closed', endedAt: at, wayOut: check.ending });
      await log.append({ ...of, code: 'check-ended', details: { ending: check.ending } });
      await tally.recordEndedCheck({ ...check, checkId: id, reference, endedAtMs });
    });
  }

  const script = scriptOf(station);
  for (const month of YEAR) {
    for (const check of script.filter(({ endedAtMs }) => monthOf(endedAtMs) === month)) await make(check);
    nowMs = Date.parse(`${monthAfter(month)}-03T09:00:00Z`);
    await sync.run(never);
  }
  for (let round = 0; round < 1_000; round += 1) {
    const outcome = await sync.run(never);
    if (outcome.kind === 'done') return;
  }
  throw new Error(`station ${station} could not deliver`);
}

for (let station = Number(first); station < Number(last); station += 1) await live(station);
process.exit(0);
