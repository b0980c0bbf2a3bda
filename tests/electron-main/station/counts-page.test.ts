import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCountStore } from '../../../electron/storage/count-store.ts';
import { openForReading } from '../../../electron/storage/database.ts';
import { checkPerson } from '../../support/officer.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

const SELF = 'ethnicity/self-18+1/W1';
const OFFICER = 'ethnicity/officer-ic/IC4';
const STATED = { selfDefined: 'W1', officerDefined: 'IC4' };

describe('the counts of a station', () => {
  let dataFolder: string;
  beforeEach(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'ridgeway-counts-'));
  });
  afterEach(() => rm(dataFolder, { recursive: true, force: true }));

  async function switchOn(station: TestStation): Promise<void> {
    const { client } = await station.signIn('administrator');
    const { settings } = await client.administration.settings({});
    await client.administration.changeSettings({ ...settings, ethnicityPolicy: 'POL/2026/17' });
  }

  async function countedCells(): Promise<readonly string[]> {
    await using database = await openForReading(path.join(dataFolder, 'ridgeway.sqlite'));
    return (await createCountStore(database).between('2000-01', '2099-12')).map(({ cell }) => cell);
  }

  test('ethnicity is counted under both code sets once a policy was typed in, and the check’s row knows nothing of it', async () => {
    {
      await using station = await startTestStation({ dataFolder, withGalleries: false });
      await switchOn(station);
      const { client } = await station.signIn('officer');
      expect((await client.station.status({})).ethnicity?.selfDefined).toContain('NS');
      const { checkId } = await checkPerson(station, client, 1);
      await client.checks.stateEthnicity({ checkId, ...STATED });
      await client.checks.close({ checkId });
    }

    expect(await countedCells()).toEqual(expect.arrayContaining([SELF, OFFICER]));
    await using database = await openForReading(path.join(dataFolder, 'ridgeway.sqlite'));
    const rows = await database.run((connection) => connection('identity_check').select());
    expect(JSON.stringify(rows)).not.toMatch(/W1|IC4|ethnic/);
  });

  test('without a policy nothing is offered, nothing is taken and nothing is counted', async () => {
    {
      await using station = await startTestStation({ dataFolder, withGalleries: false });
      const { client } = await station.signIn('officer');
      expect((await client.station.status({})).ethnicity).toBeNull();
      const { checkId } = await checkPerson(station, client, 1);
      await expect(client.checks.stateEthnicity({ checkId, ...STATED })).rejects.toMatchObject({
        data: { code: 'ethnicity.not-recorded' },
      });
      await client.checks.close({ checkId });
    }

    expect((await countedCells()).filter((cell) => cell.startsWith('ethnicity'))).toEqual([]);
  });

  test('a code that is in no set is refused', async () => {
    await using station = await startTestStation({ dataFolder, withGalleries: false });
    await switchOn(station);
    const { client } = await station.signIn('officer');
    const { checkId } = await checkPerson(station, client, 1);

    const call = client.checks.stateEthnicity({ checkId, selfDefined: 'W5', officerDefined: 'IC4' });

    await expect(call).rejects.toMatchObject({ data: { code: 'ethnicity.not-recorded' } });
  });

  test('the sergeant publishes closed months into a folder of their own, and never the open month', async () => {
    await using station = await startTestStation({ dataFolder, withGalleries: false });
    const { client } = await station.signIn('sergeant');
    const open = new Date().toISOString().slice(0, 7);

    await expect(client.counts.makePack({ from: '2025-01', to: open })).rejects.toMatchObject({
      data: { code: 'pack.period-refused' },
    });
    const written = await client.counts.makePack({ from: '2025-01', to: '2025-12' });

    expect(await readdir(written.folder)).toEqual(
      expect.arrayContaining(['index.html', 'data-dictionary.csv', 'tables.ods']),
    );
    expect(written.folder.startsWith(path.join(dataFolder, 'publications'))).toBe(true);
  });

  test('while the push is switched off, the sergeant sees so and trying now is refused', async () => {
    await using station = await startTestStation({ dataFolder, withGalleries: false });
    const { client } = await station.signIn('sergeant');

    expect(await client.counts.pushStatus({})).toMatchObject({ isSwitchedOn: false, lastDelivered: null });
    await expect(client.counts.pushNow({})).rejects.toMatchObject({ data: { code: 'push.switched-off' } });
  });
});
