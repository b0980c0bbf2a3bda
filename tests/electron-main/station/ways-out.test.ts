import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckEnding } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { isAt, reachCapture, takeBoth, takeFinger } from '../../support/officer.ts';
import { startTestStation, until, type StationClient, type TestStation } from '../../support/test-station.ts';

const PERSON = 3;

describe('every way out erases the prints and then says so', () => {
  let station: TestStation;

  beforeAll(async () => {
    station = await startTestStation();
  });
  afterAll(() => station[Symbol.asyncDispose]());
  beforeEach(() => station.buffers.clear());

  async function receiptsInTheLog(reference: string): Promise<string[]> {
    const { client } = await station.signIn('auditor');
    const rows = await client.audit.search({ checkReference: reference, beforeSequence: null, limit: 500 });
    const erased = rows.filter(({ code }) => code === 'print-erased');
    const ended = rows.findIndex(({ code }) => code === 'check-ended');
    // Newest first: the end of the check stands above every receipt.
    expect(ended).toBeLessThan(rows.findIndex(({ code }) => code === 'print-erased'));
    return erased.map(({ details }) => String(details['bufferId']));
  }

  async function expectEverythingGone(reference: string, ending: CheckEnding): Promise<void> {
    expect(station.buffers.size).toBeGreaterThan(0);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    expect((await receiptsInTheLog(reference)).toSorted()).toEqual([...station.buffers.keys()].toSorted());
    const { client } = await station.signIn('auditor');
    const [end] = (await client.audit.search({ checkReference: reference, beforeSequence: null, limit: 500 })).filter(
      ({ code }) => code === 'check-ended',
    );
    expect(end?.details['ending']).toBe(ending);
  }

  async function withBothCaptured() {
    const { client, connection } = await station.signIn('officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);
    return { check, client, connection };
  }

  test.each(['declined', 'abandoned'] as const)('%s', async (why) => {
    const { check, client } = await withBothCaptured();

    const view = await client.checks.end({ checkId: check.checkId, why });

    expect(view.stage).toBe('closed');
    await expectEverythingGone(check.reference, why);
  });

  test('the user is disabled: nobody could come back to the check', async () => {
    const { check, client } = await withBothCaptured();
    const { client: administrator } = await station.signIn('administrator');
    const { userId } = (await client.session.current({})) ?? {};

    await administrator.administration.setUserDisabled({ userId: String(userId), isDisabled: true });

    await expectEverythingGone(check.reference, 'signed-out');
    await administrator.administration.setUserDisabled({ userId: String(userId), isDisabled: false });
  });

  test('abandoned while both searches run', async () => {
    const { check, client } = await withBothCaptured();
    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });

    const view = await client.checks.end({ checkId: check.checkId, why: 'abandoned' });

    expect(view.stage).toBe('closed');
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  });

  test('abandoned while a finger is on the glass', async () => {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    await client.checks.capture({ checkId: check.checkId, grantId: check.grantId, slot: 'first', position: 2 });

    await client.checks.end({ checkId: check.checkId, why: 'abandoned' });

    await expectEverythingGone(check.reference, 'abandoned');
  });

  test('a retake erases the earlier capture at once, and the check goes on', async () => {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });
    const earlier = new Map(station.buffers);

    await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: PERSON });

    expect([...earlier.values()].every(isAllZero)).toBe(true);
    expect(station.buffers.size).toBe(4);
    await client.checks.end({ checkId: check.checkId, why: 'abandoned' });
  });

  test('a search whose two answers are in cannot be called abandoned', async () => {
    const { check, client } = await withBothCaptured();
    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
    await until(client, check.checkId, isAt('results'));

    const view = await client.checks.end({ checkId: check.checkId, why: 'abandoned' });

    expect(view).toMatchObject({ stage: 'closed', ending: 'answered' });
  });
});

describe('the station ends', () => {
  async function captured(station: TestStation): Promise<{ client: StationClient; reference: string }> {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    await takeBoth(station, client, check, PERSON);
    return { client, reference: check.reference };
  }

  test('closing it erases what an open check holds', async () => {
    await using station = await startTestStation({ withGalleries: false });
    await captured(station);

    await station.station.close();

    expect(station.buffers.size).toBe(4);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  });

  test('in its last moments it zeroes everything without waiting', async () => {
    await using station = await startTestStation({ withGalleries: false });
    await captured(station);

    station.station.zeroiseEverythingNow();

    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  });
});
