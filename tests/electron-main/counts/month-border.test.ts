import { expect, test } from 'vitest';
import { createCountStore } from '../../../electron/storage/count-store.ts';
import { countingStation } from '../../support/counts/counting-station.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

test.each([
  ['a winter month', '2026-01-31T23:59:59Z', '2026-02-01T00:00:01Z'],
  ['the month in which the clocks go forward', '2026-03-31T23:59:59+01:00', '2026-04-01T00:00:01+01:00'],
  ['the month in which the clocks go back', '2026-10-31T23:59:59Z', '2026-11-01T00:00:01Z'],
  ['a summer month', '2026-07-31T23:59:59+01:00', '2026-08-01T00:00:01+01:00'],
  ['a leap February', '2028-02-29T23:59:59Z', '2028-03-01T00:00:01Z'],
])(
  'checks that end a second before and after the end of %s are counted in two months',
  async (_name, before, after) => {
    await using temporary = await temporaryDatabase();
    const station = await countingStation(temporary.database, handClock(before));

    await station.count({ endedAt: before });
    await station.count({ endedAt: after });

    const rows = await createCountStore(temporary.database).between('2000-01', '2099-12');
    const local = (moment: string): string => moment.slice(0, 7);
    expect(rows.filter(({ cell }) => cell === 'check')).toEqual([
      { month: local(before), cell: 'check', total: 1 },
      { month: local(after), cell: 'check', total: 1 },
    ]);
  },
);

test('with the clock set back a check is counted in the month that the clock shows, and that month waits again', async () => {
  await using temporary = await temporaryDatabase();
  const clock = handClock('2026-04-01T09:00:00Z');
  const station = await countingStation(temporary.database, clock);
  await station.count({ endedAt: '2026-04-01T09:00:00Z' });

  clock.set('2026-03-30T09:00:00Z');
  await station.count({ endedAt: '2026-03-30T09:00:00Z' });

  const rows = await createCountStore(temporary.database).between('2026-03', '2026-04');
  expect(rows.filter(({ cell }) => cell === 'check').map(({ month, total }) => `${month} ${total}`)).toEqual([
    '2026-03 1',
    '2026-04 1',
  ]);
  expect(await station.auditLog.verify()).toMatchObject({ kind: 'whole' });
});
