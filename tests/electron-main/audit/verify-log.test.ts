import { spawnSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { chainEvent, parseEvent } from '../../../electron/audit/chain.ts';
import type { AuditEvent } from '../../../electron/audit/event-schemas.ts';
import { verifyLog } from '../../../electron/audit/verify-log.ts';
import type { Anchor, Verification } from '../../../electron/audit/verify-log.ts';
import { createAuditStore } from '../../../electron/storage/audit-store.ts';
import { openDatabase, openForReading } from '../../../electron/storage/database.ts';
import { StorageFault } from '../../../electron/storage/storage-fault.ts';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { drawFrom } from '../../support/counts/counting-station.ts';
import { temporaryFolder } from '../../support/counts/temporary-database.ts';
import { eventsOfCheck, identifierOf, tamper, writeLog } from '../../support/counts/written-log.ts';

const CHECKS = [1, 2, 3].flatMap(eventsOfCheck);

async function verified(filePath: string, anchors: readonly Anchor[] = []): Promise<Verification> {
  await using database = await openForReading(filePath);
  return await verifyLog(createAuditStore(database), { anchors });
}

async function headOf(filePath: string): Promise<Anchor> {
  const found = await verified(filePath);
  if (found.kind !== 'whole') throw new Error('the log was not whole to begin with');
  return found.head;
}

async function rowsOf(connection: Knex): Promise<{ sequence: number; event: string; hash: Buffer }[]> {
  return connection('audit_event').select('sequence', 'event', 'hash').orderBy('sequence');
}

test('a log as the station wrote it is whole, and every search and buffer in it is accounted for', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);

  expect(await verified(filePath)).toMatchObject({ kind: 'whole', events: 30, searches: 6, buffers: 3, openChecks: 0 });
});

test.each<[string, (connection: Knex) => Promise<unknown>, object]>([
  [
    'an altered word',
    (c) => c.raw(`UPDATE audit_event SET event = replace(event, 'no-match', 'match') WHERE sequence = 6`),
    { firstBadSequence: 6, reason: 'hash' },
  ],
  [
    'a deleted row',
    (c) => c('audit_event').where('sequence', 12).delete(),
    { firstBadSequence: 12, reason: 'sequence' },
  ],
  [
    'two swapped rows',
    async (c) => {
      const rows = await rowsOf(c);
      const [one, other] = [rows[14], rows[15]];
      await c('audit_event').where('sequence', 15).update({ event: other?.event, hash: other?.hash });
      await c('audit_event').where('sequence', 16).update({ event: one?.event, hash: one?.hash });
    },
    { firstBadSequence: 15, reason: 'sequence' },
  ],
  [
    'a row that was forged with its hash',
    async (c) => {
      const row = (await rowsOf(c))[9];
      const event = parseEvent(row?.event ?? '');
      if (event?.code !== 'check-ended') throw new Error('not the event that was meant');
      const forged = chainEvent({ ...event, details: { ending: 'declined' } });
      await c('audit_event').where('sequence', 10).update({ event: forged.event, hash: forged.hash });
    },
    { firstBadSequence: 11, reason: 'previous' },
  ],
  [
    'the same event in another spelling',
    async (c) => {
      const row = (await rowsOf(c))[29];
      const event = `${row?.event.slice(0, -1)} }`;
      const { hash } = await import('node:crypto');
      await c('audit_event')
        .where('sequence', 30)
        .update({ event, hash: Buffer.from(hash('sha256', event, 'hex'), 'hex') });
    },
    { firstBadSequence: 30, reason: 'not-canonical' },
  ],
])('%s is named', async (_name, change, expected) => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);

  await tamper(filePath, change);

  expect(await verified(filePath)).toMatchObject({ kind: 'broken', ...expected });
});

test('a tail that was cut off, and a database replayed from before, show by the anchors that went upstream', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS.slice(0, 20));
  const old = join(folder.path, 'old.db');
  await copyFile(filePath, old);
  {
    await using database = await openDatabase({ filePath });
    await createAuditLog(database, { now: () => 1_800_000_000_000 }).appendAll(CHECKS.slice(20));
  }
  const anchor = await headOf(filePath);
  await tamper(filePath, (c) => c('audit_event').where('sequence', '>', 25).delete());

  expect(await verified(filePath)).toMatchObject({ kind: 'whole', events: 25 });
  expect(await verified(filePath, [anchor])).toMatchObject({
    kind: 'broken',
    firstBadSequence: 26,
    reason: 'tail-cut',
  });
  expect(await verified(old, [anchor])).toMatchObject({ kind: 'broken', firstBadSequence: 21, reason: 'tail-cut' });
});

test('a log that was written anew from some event on differs from the anchor', async () => {
  await using folder = await temporaryFolder();
  const anchor = await headOf(await writeLog(folder.path, CHECKS));
  const rewritten = await writeLog(folder.path, [...CHECKS.slice(0, 20), ...eventsOfCheck(4)], 'rewritten.db');

  expect(await verified(rewritten, [anchor])).toMatchObject({ kind: 'broken', firstBadSequence: 30, reason: 'anchor' });
});

test('after a thousand events a cut tail shows by the checkpoint alone', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(
    folder.path,
    Array.from({ length: 101 }, (_, index) => eventsOfCheck(index + 1)).flat(),
  );

  await tamper(filePath, (c) => c('audit_event').where('sequence', '>', 900).delete());

  expect(await verified(filePath)).toMatchObject({ kind: 'broken', firstBadSequence: 901, reason: 'tail-cut' });
});

test('any flipped byte of the file is named, or leaves every event as it was', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);
  const original = await readFile(filePath);
  const head = await headOf(filePath);
  const draw = drawFrom('flips');
  const flipped = join(folder.path, 'flipped.db');
  let named = 0;
  for (let round = 0; round < 150; round += 1) {
    const bytes = Buffer.from(original);
    const at = draw(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(8));
    await writeFile(flipped, bytes);

    const outcome = await verified(flipped).catch((error: unknown) => {
      if (error instanceof StorageFault) return error.code;
      throw error;
    });

    const isWhole = typeof outcome === 'object' && outcome.kind === 'whole';
    if (isWhole) expect({ at, head: outcome.head, events: outcome.events }).toEqual({ at, head, events: 30 });
    else named += 1;
  }
  expect(named).toBeGreaterThan(10);
});

test('every byte within the text of an event that is flipped is named', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);
  const original = await readFile(filePath);
  const marker = original.indexOf('"answer-received"');
  const flipped = join(folder.path, 'flipped.db');
  for (let offset = -20; offset < 120; offset += 7) {
    const bytes = Buffer.from(original);
    bytes[marker + offset] = (bytes[marker + offset] ?? 0) ^ 1;
    await writeFile(flipped, bytes);

    expect(await verified(flipped)).toMatchObject({ kind: 'broken' });
  }
});

const without = (code: string): AuditEvent[] => CHECKS.filter((event, index) => index >= 10 || event.code !== code);
const receipt = CHECKS[7] as AuditEvent;

test.each<[string, AuditEvent[], object]>([
  ['a search without grounds', without('grounds-recorded'), { firstBadSequence: 3, reason: 'search-without-grounds' }],
  ['a buffer without a receipt', without('print-erased'), { firstBadSequence: 3, reason: 'receipt-missing' }],
  ['a second receipt for one buffer', [...CHECKS, receipt], { firstBadSequence: 31, reason: 'receipt-twice' }],
  [
    'a receipt for a buffer that was never taken',
    without('capture-taken'),
    { firstBadSequence: 7, reason: 'receipt-of-nothing' },
  ],
  [
    'a buffer that is taken twice',
    [...CHECKS, CHECKS[2] as AuditEvent],
    { firstBadSequence: 31, reason: 'buffer-taken-twice' },
  ],
])('a whole chain with %s is named', async (_name, events, expected) => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, events);

  expect(await verified(filePath)).toMatchObject({ kind: 'broken', ...expected });
});

test('a print of a check that is still open needs no receipt yet', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS.slice(0, 3));

  expect(await verified(filePath)).toMatchObject({ kind: 'whole', openChecks: 1, buffers: 1 });
});

test('a start that reads from the last checkpoint on notices what was altered after it', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(
    folder.path,
    Array.from({ length: 103 }, (_, index) => eventsOfCheck(index + 1)).flat(),
  );
  const since = async (): Promise<Verification> => {
    await using database = await openDatabase({ filePath });
    return await createAuditLog(database, { now: () => 0 }).verifySinceCheckpoint();
  };

  expect(await since()).toMatchObject({ kind: 'whole', events: 30 });
  await tamper(filePath, (c) => c('audit_event').where('sequence', 1_010).update({ event: '{}' }));
  expect(await since()).toMatchObject({ kind: 'broken', firstBadSequence: 1_010, reason: 'hash' });
});

const command = (...words: string[]) =>
  spawnSync(process.execPath, ['electron/audit/cli/main.ts', ...words], { encoding: 'utf8' });

test('the command verifies a file offline, with anchors, and leaves it as it was', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);
  const before = await readFile(filePath);
  const anchors = join(folder.path, 'anchors.json');
  await writeFile(anchors, JSON.stringify([await headOf(filePath)]));

  const good = command('verify', filePath, '--anchors', anchors);
  expect([good.status, good.stderr]).toEqual([0, '']);
  expect(JSON.parse(good.stdout)).toMatchObject({ kind: 'whole', events: 30, anchorsMet: 1, databaseDamage: null });
  expect((await readFile(filePath)).equals(before)).toBe(true);

  await tamper(filePath, (c) => c('audit_event').where('sequence', '>', 28).delete());
  const cut = command('verify', filePath, '--anchors', anchors);
  expect([cut.status, cut.stderr.trim()]).toEqual([1, 'The log does not fit at event 29: tail-cut.']);
});

test('the command exports the events of a period with their hashes and a dictionary', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, CHECKS);
  const out = join(folder.path, 'export');

  expect(command('export', filePath, '--out', out).status).toBe(0);

  const csv = (await readFile(join(out, 'events.csv'), 'utf8')).trim().split('\r\n');
  const json = (await readFile(join(out, 'events.jsonl'), 'utf8')).trim().split('\n');
  expect([csv.length, json.length]).toEqual([31, 30]);
  expect(csv[8]).toContain(',print-erased,erasure,');
  expect(parseEvent(json[7] ?? '')).toMatchObject({ code: 'print-erased', details: { bufferId: identifierOf(1) } });
  expect(await readFile(join(out, 'data-dictionary.csv'), 'utf8')).toContain('section 62');
});

test.each([
  [[], 2, 'usage'],
  [['verify', '/nowhere/station.db'], 1, 'storage.missing'],
  [['verify', 'package.json'], 1, 'storage.not-a-database'],
  [['verify', 'package.json', '--anchors', 'README.md'], 1, 'audit.anchors-unreadable'],
])('the command %j ends with %i and names what is wrong', (words, status, said) => {
  const made = command(...words);

  expect(made.status).toBe(status);
  expect(made.stderr).toContain(said);
});
