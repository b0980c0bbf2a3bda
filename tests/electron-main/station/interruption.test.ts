import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CheckView } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { blankDraft } from '../../support/blank-draft.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { isAt, reachCapture, takeBoth, takeFinger } from '../../support/officer.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';
import { startTestStation, until, type StationClient, type TestStation } from '../../support/test-station.ts';

const PERSON = 3;
const MINUTE_MS = 60_000;
const PASSWORD = 'plain blue umbrella';

async function interrupted(client: StationClient): Promise<Extract<CheckView, { stage: 'interrupted' }>> {
  const view = await client.checks.current({});
  if (view?.stage !== 'interrupted') throw new Error(`the check is at ${view?.stage}`);
  return view;
}

describe('a check that is interrupted', () => {
  let station: TestStation;
  beforeAll(async () => {
    station = await startTestStation();
  });
  afterAll(() => station[Symbol.asyncDispose]());
  beforeEach(() => station.buffers.clear());
  afterEach(async () => {
    const { client } = await station.signIn('officer');
    const open = await client.checks.current({});
    if (open !== null) await client.checks.end({ checkId: open.checkId, why: 'abandoned' });
    await client.session.signOut({});
  });

  async function withBothCaptured() {
    const signedIn = await station.signIn('officer');
    const check = await reachCapture(signedIn.client);
    await takeBoth(station, signedIn.client, check, PERSON);
    return { ...signedIn, check };
  }

  async function eventsOf(reference: string) {
    const { client } = await station.signIn('auditor');
    return client.audit.search({ checkReference: reference, beforeSequence: null, limit: 500 });
  }

  test.each([
    ['locked', ({ client }: Left) => client.session.lock({})],
    ['signed-out', ({ client }: Left) => client.session.signOut({})],
    ['window-closed', ({ connection }: Left) => connection.closed('window-closed')],
    ['locked', () => raised('screen-locked')],
    ['suspended', () => raised('suspending')],
  ] as const)('by %s loses its prints at once, each with its receipt, and stays open', async (why, leave) => {
    const left = await withBothCaptured();

    await leave(left);

    const { client } = await station.signIn('officer');
    await vi.waitFor(async () => expect((await client.checks.current({}))?.stage).toBe('interrupted'));
    const view = await interrupted(client);
    expect(view).toMatchObject({ why, goesOnAt: 'capture' });
    expect(station.buffers.size).toBe(4);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    expect(view.receipts.map((receipt) => receipt.why)).toEqual(Array(4).fill(why));
    await vi.waitFor(async () => {
      const events = await eventsOf(left.check.reference);
      expect(events.find(({ code }) => code === 'check-interrupted')?.details).toEqual({ why });
      expect(events.filter(({ code }) => code === 'print-erased')).toHaveLength(4);
      expect(events.some(({ code }) => code === 'check-ended')).toBe(false);
    });
  });

  type Left = Awaited<ReturnType<typeof withBothCaptured>>;

  function raised(event: 'screen-locked' | 'suspending'): Promise<void> {
    station.platform.raise(event);
    return Promise.resolve();
  }

  test('goes on for its officer without prints, under a new grant, and is counted once', async () => {
    const { check, client } = await withBothCaptured();
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });

    const resumed = await client.checks.resume({ checkId: check.checkId });

    if (resumed.stage !== 'capture') throw new Error(`the check is at ${resumed.stage}`);
    expect(resumed.fingers.map(({ state }) => state.kind)).toEqual(['wanted', 'wanted']);
    expect(resumed.grantId).not.toBe(check.grantId);
    await expect(
      client.checks.capture({ checkId: check.checkId, grantId: check.grantId, slot: 'first', position: 2 }),
    ).rejects.toMatchObject({ data: { code: 'grant.ended' } });
    await takeBoth(station, client, resumed, PERSON);
    await client.checks.search({ checkId: check.checkId, grantId: resumed.grantId, whyBelowThreshold: 'a test' });
    await until(client, check.checkId, isAt('results'));
    await client.checks.close({ checkId: check.checkId });
    const codes = (await eventsOf(check.reference)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'count-recorded')).toHaveLength(1);
    expect(codes.filter((code) => code === 'grant-issued')).toHaveLength(2);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  });

  test('keeps the times of the words that were said', async () => {
    const { client } = await station.signIn('officer');
    const { checkId } = await client.checks.begin({});
    await client.checks.recordGrounds({ checkId, grounds: soundGrounds() });
    const before = await client.checks.confirmSpoken({ checkId, word: 'suspected-offence' });
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });

    const resumed = await client.checks.resume({ checkId });

    expect(resumed).toEqual(before);
  });

  test('gives the answers back that were never confirmed', async () => {
    const { client } = await station.signIn('officer');
    const { checkId } = await client.checks.begin({});
    const draft = blankDraft({ purpose: 'find-out-who-it-is', offence: 'theft from a sh' });
    await client.checks.keepDraft({ checkId, draft, answered: null });
    await client.session.signOut({});
    const again = await station.signIn('officer');

    const resumed = await again.client.checks.resume({ checkId });

    expect(resumed).toMatchObject({ stage: 'grounds', draft });
  });

  test('shows its answers again when both were in, and ends as answered', async () => {
    const { check, client } = await withBothCaptured();
    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
    const before = await until(client, check.checkId, isAt('results'));
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });
    expect(await interrupted(client)).toMatchObject({ goesOnAt: 'results' });

    const resumed = await client.checks.resume({ checkId: check.checkId });

    expect(resumed).toMatchObject({ stage: 'results', databases: before.databases });
    expect(await client.checks.close({ checkId: check.checkId })).toMatchObject({ ending: 'answered' });
  });

  test('in the middle of its searches goes back to the fingers, and what was half asked counts for nothing', async () => {
    const { check, client } = await withBothCaptured();
    await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });
    const view = await interrupted(client);

    expect(['capture', 'results']).toContain(view.goesOnAt);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
  });

  test('is nobody else’s to take up', async () => {
    const { check, client } = await withBothCaptured();
    const { client: administrator } = await station.signIn('administrator');
    const added = { userName: `pc.${Date.now()}`, displayName: 'PC Other', role: 'officer' as const };
    const { firstPassword } = await administrator.administration.createUser(added);
    await client.session.signOut({});
    const other = station.connect();
    await other.client.session.signIn({ userName: added.userName, password: firstPassword });
    await other.client.session.changePassword({ present: firstPassword, wanted: PASSWORD });

    expect(await other.client.checks.current({})).toBeNull();
    await expect(other.client.checks.resume({ checkId: check.checkId })).rejects.toMatchObject({
      data: { code: 'check.not-found' },
    });
  });

  test('cannot be worked on before it is taken up, nor taken up twice', async () => {
    const { check, client } = await withBothCaptured();
    const { checkId } = check;
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });
    const wrongStage = { data: { code: 'check.wrong-stage' } };

    await expect(client.checks.begin({})).rejects.toMatchObject({ data: { code: 'check.already-open' } });
    await expect(client.checks.proceedToCapture({ checkId })).rejects.toMatchObject(wrongStage);
    const both = await Promise.allSettled([client.checks.resume({ checkId }), client.checks.resume({ checkId })]);
    const grants = both.flatMap((one) =>
      one.status === 'fulfilled' && one.value.stage === 'capture' ? [one.value.grantId] : [],
    );
    expect(new Set(grants).size).toBe(1);
    await expect(client.checks.resume({ checkId })).rejects.toMatchObject(wrongStage);
  });

  test('while a finger is on the glass leaves nothing of it', async () => {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    await client.checks.capture({ checkId: check.checkId, grantId: check.grantId, slot: 'first', position: 2 });

    await client.session.lock({});

    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    await client.session.unlock({ password: PASSWORD });
    const resumed = await client.checks.resume({ checkId: check.checkId });
    if (resumed.stage !== 'capture') throw new Error(`the check is at ${resumed.stage}`);
    const taken = await takeFinger(station, client, resumed, { slot: 'first', position: 2, personSeed: PERSON });
    expect(taken.fingers[0].state.kind).toBe('captured');
  });

  test('can be ended instead', async () => {
    const { check, client } = await withBothCaptured();
    await client.session.lock({});
    await client.session.unlock({ password: PASSWORD });

    const view = await client.checks.end({ checkId: check.checkId, why: 'declined' });

    expect(view).toMatchObject({ stage: 'closed', ending: 'declined', ground: '6B(a)' });
  });

  test('notes the slip of a closed check and of no other', async () => {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    const { checkId } = check;
    await expect(client.checks.noteSlip({ checkId })).rejects.toMatchObject({ data: { code: 'check.wrong-stage' } });
    await client.checks.end({ checkId, why: 'declined' });

    await client.checks.noteSlip({ checkId });

    expect((await eventsOf(check.reference))[0]?.code).toBe('slip-printed');
  });

  test.each([
    ['purpose', { purpose: 'consent' as const }, 'purpose-consent'],
    ['purpose', { purpose: 'immigration-status' as const }, 'purpose-immigration-status'],
    ['person', { person: 'ten-or-under' as const }, 'age-ten-or-under'],
    ['name', { nameCondition: 'neither' as const }, 'no-name-condition'],
    ['livescan', { livescan: 'livescan' as const }, 'livescan'],
  ] as const)(
    'the answer to %s that rules the power out is refused, and recorded, at once',
    async (answered, given, code) => {
      const { client } = await station.signIn('officer');
      const { checkId, reference } = await client.checks.begin({});

      const view = await client.checks.keepDraft({ checkId, draft: blankDraft(given), answered });

      const refused = { kind: 'refused', refusals: [code] };
      expect(view).toMatchObject({ assessment: code === 'livescan' ? { kind: 'diverted', to: code } : refused });
      const [event] = await eventsOf(reference);
      expect(event).toMatchObject({ code: 'grounds-refused', details: { refusals: code } });
    },
  );
});

describe('an interrupted check whose time is spent', () => {
  let clock: HeldClock;
  let station: TestStation;
  beforeEach(async () => {
    clock = heldClock();
    station = await startTestStation({ clock, withGalleries: false });
  });
  afterEach(() => station[Symbol.asyncDispose]());

  test('ends by itself, counted as a check that ran out of time, and cannot be taken up', async () => {
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);
    await client.session.signOut({});

    clock.advance(31 * MINUTE_MS);

    const again = await station.signIn('officer');
    await vi.waitFor(async () => expect(await again.client.checks.current({})).toBeNull());
    const { client: auditor } = await station.signIn('auditor');
    const events = await auditor.audit.search({ checkReference: check.reference, beforeSequence: null, limit: 500 });
    expect(events.find(({ code }) => code === 'check-ended')?.details).toEqual({ ending: 'time-spent' });
    await expect(again.client.checks.resume({ checkId: check.checkId })).rejects.toMatchObject({
      data: { code: 'check.wrong-stage' },
    });
  });
});
