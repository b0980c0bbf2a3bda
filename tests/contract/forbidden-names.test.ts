import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../electron/storage/database.ts';
import { isForbiddenName } from './forbidden-names.ts';

test.each(['nationality', 'visaStatus', 'detainee_gender', 'passport-number', 'wasDeported', 'arrested_afterwards'])(
  '"%s" is a forbidden name',
  (name) => {
    expect(isForbiddenName(name)).toBe(true);
  },
);

test.each(['recordableArrest', 'visual', 'sextant', 'endedAt', 'checkReference', 'ageBand'])('"%s" is not', (name) => {
  expect(isForbiddenName(name)).toBe(false);
});

test('no column of the database is for nationality, gender, visa status or what followed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-columns-'));
  try {
    await using database = await openDatabase({ filePath: path.join(folder, 'station.db') });
    const columns: readonly { owner: string; name: string }[] = await database.run((connection) =>
      connection.raw(
        "SELECT m.name AS owner, c.name AS name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'",
      ),
    );

    expect(columns.length).toBeGreaterThan(20);
    expect(columns.filter(({ name, owner }) => isForbiddenName(name) || isForbiddenName(owner))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
