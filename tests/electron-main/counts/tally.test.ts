import { expect, test } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { createTally } from '../../../electron/counts/tally.ts';
import type { CheckToCount } from '../../../electron/counts/tally.ts';
import { createCheckStore } from '../../../electron/storage/check-store.ts';
import { createCountStore } from '../../../electron/storage/count-store.ts';
import { createOutboxStore } from '../../../electron/storage/outbox-store.ts';
import { createUserStore } from '../../../electron/storage/user-store.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

const OFFICER = '6f1c3f0a-7a51-4c0e-9f29-3b2f4a7f6d10';

async function station() {
  const temporary = await temporaryDatabase();
  const { database } = temporary;
  const log = createAuditLog(database, handClock('2026-03-01T09:00:00Z'));
  await createUserStore(database).add({
    id: OFFICER,
    userName: 'officer',
    displayName: 'Training officer',
    role: 'officer',
    passwordHash: 'none',
    mustChangePassword: false,
    failedAttempts: 0,
    lockedUntil: null,
    disabled: false,
  });
  const check = await createCheckStore(database).open({
    id: 'check-1',
    officerId: OFFICER,
    openedAt: '2026-03-01T09:00:00.000Z',
  });
  return {
    database,
    log,
    check,
    tally: createTally(database, log),
    counts: createCountStore(database),
    outbox: createOutboxStore(database),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

const ended = (reference: string): CheckToCount => ({
  checkId: 'check-1',
  reference,
  endedAtMs: Date.parse('2026-03-01T09:10:00Z'),
  ground: '6B(b)',
  ending: 'answered',
  answers: { police: 'match', immigration: 'timed-out' },
  werePrintsUnusable: false,
  msToAnswers: 12_000,
  ethnicity: [],
});

test('an ended check adds one to each of its cells, one outbox row and one audit event', async () => {
  await using made = await station();

  const isCounted = await made.tally.recordEndedCheck(ended(made.check.reference));

  expect(isCounted).toBe(true);
  const rows = await made.counts.between('2026-03', '2026-03');
  expect(rows.map(({ cell, total }) => `${cell} ${total}`)).toEqual([
    'answer/immigration/timed-out 1',
    'answer/police/match 1',
    'check 1',
    'ground/6B(b) 1',
    'outcome/searched 1',
    'search/immigration 1',
    'search/police 1',
    'time/10-to-30-s 1',
  ]);
  expect(await made.outbox.all()).toMatchObject([{ month: '2026-03', changes: 1, deliveredChanges: 0 }]);
  expect((await made.log.search({ limit: 5 })).map(({ code }) => code)).toEqual(['count-recorded']);
});

test('a check that is recorded twice, even at the same time, is counted once', async () => {
  await using made = await station();
  const check = ended(made.check.reference);

  const results = await Promise.all([made.tally.recordEndedCheck(check), made.tally.recordEndedCheck(check)]);

  expect(results.toSorted()).toEqual([false, true]);
  expect(await made.counts.between('2026-03', '2026-03')).toContainEqual({ month: '2026-03', cell: 'check', total: 1 });
});

test('a check without grounds is no use of the power and leaves the counts as they are', async () => {
  await using made = await station();

  const isCounted = await made.tally.recordEndedCheck({ ...ended(made.check.reference), ground: null });

  expect(isCounted).toBe(false);
  expect(await made.counts.between('2000-01', '2099-12')).toEqual([]);
});

test('when the audit event cannot be written, the check is not counted either and can be counted later', async () => {
  await using made = await station();
  const check = ended('not a reference');

  await expect(made.tally.recordEndedCheck(check)).rejects.toThrow();

  expect(await made.counts.between('2026-03', '2026-03')).toEqual([]);
  expect(await made.outbox.all()).toEqual([]);
  expect(await made.tally.recordEndedCheck(ended(made.check.reference))).toBe(true);
});

test('a correction is an entry of its own: the first entry stays and the total changes', async () => {
  await using made = await station();
  await made.tally.recordEndedCheck(ended(made.check.reference));

  const cells = (await made.counts.between('2026-03', '2026-03')).map(({ cell }) => cell);
  const reason = 'training-check' as const;
  await made.tally.correct(
    cells.map((cell) => ({ month: '2026-03', cell, difference: -1, reason })),
    OFFICER,
  );

  const kept = await made.database.run((c) => c('count_cell').where({ month: '2026-03', cell: 'check' }).first());
  expect(kept).toMatchObject({ tally: 1 });
  expect(await made.counts.between('2026-03', '2026-03')).toEqual([]);
  expect(await made.outbox.all()).toMatchObject([{ changes: 2 }]);
});

test.each([
  { month: '2026-13', cell: 'check', difference: 1 },
  { month: '2026-03', cell: 'nationality/other', difference: 1 },
  { month: '2026-03', cell: 'check', difference: -5 },
  { month: '2026-03', cell: 'check', difference: 1 },
  { month: '2026-03', cell: 'check', difference: 0 },
])('a correction of $cell in $month by $difference is refused and nothing changes', async (correction) => {
  await using made = await station();
  await made.tally.recordEndedCheck(ended(made.check.reference));

  const refused = made.tally.correct([{ ...correction, reason: 'entered-wrongly' }], OFFICER);

  await expect(refused).rejects.toEqual(expect.objectContaining({ code: 'counts.correction-refused' }));
  expect(await made.outbox.all()).toMatchObject([{ changes: 1 }]);
});
