import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import type { CheckView } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { createCountStore } from '../../../electron/storage/count-store.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { trainingPopulation } from '../../../electron/training/training-people.ts';
import type { MatcherPool, OpenGallery } from '../../../native-bridge/matcher/matcher.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { isAt, reachCapture, takeBoth } from '../../support/officer.ts';
import {
  startTestStation,
  TEST_PEOPLE,
  until,
  type StationClient,
  type TestStation,
} from '../../support/test-station.ts';

const PERSON = trainingPopulation(TEST_PEOPLE).find(({ immigration }) => immigration === null);

/** The real pool, whose search of the immigration gallery comes to no end but by being ended. */
function lateImmigration(pool: MatcherPool): MatcherPool {
  const late = new Set<OpenGallery>();
  return {
    ...pool,
    async openGallery(source, signal) {
      const gallery = await pool.openGallery(source, signal);
      const filePath = typeof source === 'string' ? source : source.filePath;
      if (filePath.includes('immigration')) late.add(gallery);
      return gallery;
    },
    search: (gallery, fingers, options) =>
      late.has(gallery)
        ? new Promise((_, reject) => {
            options.signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
          })
        : pool.search(gallery, fingers, options),
  };
}

async function countsIn(dataFolder: string): Promise<Readonly<Record<string, number>>> {
  const database = await openDatabase({ filePath: join(dataFolder, 'ridgeway.sqlite') });
  try {
    const rows = await createCountStore(database).between('2000-01', '2999-12');
    return Object.fromEntries(rows.map(({ cell, total }) => [cell, total]));
  } finally {
    await database.close();
  }
}

describe('a station one of whose databases is late', () => {
  let clock: HeldClock;
  let station: TestStation;
  let officer: StationClient;
  let dataFolder: string;
  beforeEach(async () => {
    clock = heldClock();
    dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-late-'));
    station = await startTestStation({ clock, dataFolder, matcher: lateImmigration });
    officer = (await station.signIn('officer')).client;
  });
  afterEach(async () => {
    await station[Symbol.asyncDispose]();
    await rm(dataFolder, { recursive: true, force: true });
  });

  async function untilOutstanding() {
    const check = await reachCapture(officer);
    await takeBoth(station, officer, check, PERSON?.personSeed ?? -1);
    await officer.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
    await until(
      officer,
      check.checkId,
      (view): view is Extract<CheckView, { stage: 'searching' }> =>
        view.stage === 'searching' && view.databases.police.state === 'answered',
    );
    clock.advance(DEFAULT_SETTINGS.searchDeadlineMs);
    return check;
  }

  test('lets an officer close with one answer outstanding, and counts it once, by its database', async () => {
    const { checkId } = await untilOutstanding();
    await officer.checks.viewResults({ checkId });
    await officer.checks.goOnWithout({ checkId, database: 'immigration' });
    const results = await until(officer, checkId, isAt('results'));

    await officer.checks.close({ checkId });
    await station.station.close();

    expect(results.databases).toMatchObject({
      police: { answer: { kind: 'match' }, came: 'in-time' },
      immigration: { answer: { kind: 'timed-out' }, came: 'given-up' },
    });
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    expect(await countsIn(dataFolder)).toEqual({
      check: 1,
      'ground/6B(a)': 1,
      'outcome/searched': 1,
      'search/police': 1,
      'answer/police/match': 1,
      'search/immigration': 1,
      'answer/immigration/timed-out': 1,
    });
  });

  test('that is killed meanwhile counts the search at its next start, with what was answered', async () => {
    await untilOutstanding();
    const killed = await mkdtemp(join(tmpdir(), 'ridgeway-killed-'));
    try {
      // What a killed process leaves behind: its files as they are, the write-ahead log among them.
      await cp(dataFolder, killed, { recursive: true });
      await using next = await startTestStation({ dataFolder: killed });
      await next.station.close();

      const counts = await countsIn(killed);

      expect(counts).toMatchObject({
        check: 1,
        'outcome/searched': 1,
        'answer/police/match': 1,
        'answer/immigration/unavailable': 1,
      });
    } finally {
      await rm(killed, { recursive: true, force: true });
    }
  });
});
