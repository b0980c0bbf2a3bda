import { expect, test } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import type { AuditEvent } from '../../../electron/audit/event-schemas.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

const OFFICER = '6f1c3f0a-7a51-4c0e-9f29-3b2f4a7f6d10';
const BUFFER = '0b8d2a44-52b5-4b5f-8d0e-1f6a5b1c9e77';
const REFERENCE = 'RW-2026-000001';

const signIn: AuditEvent = { code: 'sign-in', actor: OFFICER, reference: null, details: { role: 'officer' } };

test('the log of a new station is whole and empty', async () => {
  await using temporary = await temporaryDatabase();
  const log = createAuditLog(temporary.database, handClock('2026-03-01T09:00:00Z'));

  expect(await log.verify()).toMatchObject({ kind: 'whole', events: 0, head: { sequence: 0 } });
});

test('each event is numbered, dated by the clock and bound to the one before it', async () => {
  await using temporary = await temporaryDatabase();
  const clock = handClock('2026-03-01T09:00:00.250Z');
  const log = createAuditLog(temporary.database, clock);

  const one = await log.append(signIn);
  clock.advance(1_000);
  const two = await log.append(signIn);

  expect([one.sequence, one.at, two.sequence, two.at]).toEqual([
    1,
    '2026-03-01T09:00:00.250Z',
    2,
    '2026-03-01T09:00:01.250Z',
  ]);
  expect(two.previous).not.toBe(one.previous);
  expect(await log.verify()).toMatchObject({ kind: 'whole', events: 2, head: await log.head() });
});

test('an event with a detail more than its schema allows is refused and nothing is written', async () => {
  await using temporary = await temporaryDatabase();
  const log = createAuditLog(temporary.database, handClock('2026-03-01T09:00:00Z'));
  const talkative = { ...signIn, details: { role: 'officer', note: 'John Smith of 1 High Street' } } as AuditEvent;

  await expect(log.appendAll([signIn, talkative])).rejects.toEqual(
    expect.objectContaining({ code: 'audit.event-not-in-the-list' }),
  );

  expect((await log.head()).sequence).toBe(0);
});

test('an event inside a transaction that fails is not in the log, and the next one takes its number', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const log = createAuditLog(database, handClock('2026-03-01T09:00:00Z'));
  await log.append(signIn);

  await database
    .transaction(async () => {
      await log.append(signIn);
      throw new Error('the work failed');
    })
    .catch(() => undefined);
  const next = await log.append(signIn);

  expect(next.sequence).toBe(2);
  expect(await log.verify()).toMatchObject({ kind: 'whole', events: 2 });
});

test('events appended at the same time each get a number of their own', async () => {
  await using temporary = await temporaryDatabase();
  const log = createAuditLog(temporary.database, handClock('2026-03-01T09:00:00Z'));

  const events = await Promise.all(Array.from({ length: 25 }, () => log.append(signIn)));

  expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(25);
  expect(await log.verify()).toMatchObject({ kind: 'whole', events: 25 });
});

test('the database itself refuses to change or to remove an event, or to leave out a number', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const log = createAuditLog(database, handClock('2026-03-01T09:00:00Z'));
  await log.appendAll([signIn, signIn]);
  const appendOnly = expect.objectContaining({ code: 'storage.append-only' });

  await expect(database.run((c) => c('audit_event').where('sequence', 1).update({ event: '{}' }))).rejects.toEqual(
    appendOnly,
  );
  await expect(database.run((c) => c('audit_event').where('sequence', 2).delete())).rejects.toEqual(appendOnly);
  await expect(
    database.run((c) => c('audit_event').insert({ sequence: 9, event: '{}', hash: Buffer.alloc(32) })),
  ).rejects.toEqual(appendOnly);
});

test('a search by reference, time and number finds those events alone, newest first', async () => {
  await using temporary = await temporaryDatabase();
  const clock = handClock('2026-03-01T09:00:00Z');
  const log = createAuditLog(temporary.database, clock);
  const ofCheck: AuditEvent = { code: 'check-opened', actor: OFFICER, reference: REFERENCE, details: {} };
  await log.append(signIn);
  await log.append(ofCheck);
  clock.advance(60_000);
  await log.append({ ...ofCheck, code: 'check-ended', details: { ending: 'declined' } });

  const codes = async (filter: Parameters<typeof log.search>[0]): Promise<string[]> =>
    (await log.search(filter)).map(({ code }) => code);

  expect(await codes({ reference: REFERENCE, limit: 10 })).toEqual(['check-ended', 'check-opened']);
  expect(await codes({ to: '2026-03-01T09:00:30Z', limit: 10 })).toEqual(['check-opened', 'sign-in']);
  expect(await codes({ from: '2026-03-01T09:00:30Z', limit: 10 })).toEqual(['check-ended']);
  expect(await codes({ beforeSequence: 2, limit: 10 })).toEqual(['sign-in']);
  expect(await codes({ limit: 1 })).toEqual(['check-ended']);
});

test('a buffer without a receipt is found again after a kill, with what the receipt must say', async () => {
  await using temporary = await temporaryDatabase();
  const log = createAuditLog(temporary.database, handClock('2026-03-01T09:00:00Z'));
  const of = { actor: OFFICER, reference: REFERENCE };
  const lost = { bufferId: BUFFER, kind: 'image', sizeBytes: 1000 } as const;
  const erased = { ...lost, bufferId: '7d1f3b4e-2a9c-4a55-9d1e-5c8b7a6f4e31' };
  await log.append({ ...of, code: 'capture-taken', details: { ...lost, position: 2 } });
  await log.append({ ...of, code: 'buffer-taken', details: erased });
  const at = '2026-03-01T09:00:00.000Z';
  await log.append({ ...of, code: 'print-erased', details: { ...erased, takenAt: at, erasedAt: at, why: 'retaken' } });

  expect(await log.buffersWithoutReceipt(REFERENCE)).toEqual([{ ...lost, takenAt: at }]);
});
