import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GroundsRecord } from '../../../electron/contract/grounds.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import { reachCapture } from '../../support/officer.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';
import { alterStoredGrounds } from '../../support/alter-stored-grounds.ts';
import { startTestStation, visit, type StationClient, type TestStation } from '../../support/test-station.ts';

const FINGER = { slot: 'first', position: 2 } as const;
const INVENTED = '99999999-9999-4999-8999-999999999999';

function refusal(code: string) {
  return expect.objectContaining({ code: 'REFUSED', data: { code } });
}

describe('the scanner opens under a grant, and under nothing else', () => {
  let station: TestStation;
  let officer: StationClient;

  beforeEach(async () => {
    station = await startTestStation({ withGalleries: false });
    officer = (await station.signIn('officer')).client;
  });
  afterEach(() => station[Symbol.asyncDispose]());

  test('with the grant of its check it opens', async () => {
    const { checkId, grantId } = await reachCapture(officer);
    station.present(visit(1, 2));

    await officer.checks.capture({ checkId, grantId, ...FINGER });

    expect(station.spy.opened).toBe(1);
  });

  test('without a grant the capture is refused and the driver records no opening', async () => {
    const { checkId } = await reachCapture(officer);

    await expect(officer.checks.capture({ checkId, grantId: INVENTED, ...FINGER })).rejects.toEqual(
      refusal('grant.none'),
    );

    expect(station.spy.opened).toBe(0);
  });

  test('before the grounds are recorded there is no grant that could open it', async () => {
    const { checkId } = await officer.checks.begin({});

    await expect(officer.checks.capture({ checkId, grantId: INVENTED, ...FINGER })).rejects.toEqual(
      refusal('grant.none'),
    );

    expect(station.spy.opened).toBe(0);
  });

  test('with the grant of a check that has ended the driver records no opening', async () => {
    const { checkId, grantId } = await reachCapture(officer);
    await officer.checks.end({ checkId, why: 'abandoned' });

    await expect(officer.checks.capture({ checkId, grantId, ...FINGER })).rejects.toEqual(refusal('grant.ended'));

    expect(station.spy.opened).toBe(0);
  });

  test('the grant of one check does not open it for the next', async () => {
    const first = await reachCapture(officer);
    await officer.checks.end({ checkId: first.checkId, why: 'declined' });
    const second = await reachCapture(officer);

    const call = officer.checks.capture({ checkId: second.checkId, grantId: first.grantId, ...FINGER });

    await expect(call).rejects.toEqual(refusal('grant.ended'));
    expect(station.spy.opened).toBe(0);
  });

  test('when the stored grounds were altered after the grant, the driver records no opening', async () => {
    const { checkId, grantId } = await reachCapture(officer);
    await alterStoredGrounds(station, checkId, { hadOpportunityToEstablishName: false });

    await expect(officer.checks.capture({ checkId, grantId, ...FINGER })).rejects.toEqual(refusal('grounds.altered'));

    expect(station.spy.opened).toBe(0);
  });

  test('while words are unspoken there is no way to the capture', async () => {
    const { checkId } = await officer.checks.begin({});
    await officer.checks.recordGrounds({ checkId, grounds: soundGrounds() });

    await expect(officer.checks.proceedToCapture({ checkId })).rejects.toEqual(refusal('words.not-all-spoken'));
  });

  const insufficient: readonly [string, Partial<GroundsRecord>][] = [
    ['a breach of bail', { purpose: 'breach-of-bail' }],
    ['immigration status alone', { purpose: 'immigration-status' }],
    ['consent', { purpose: 'consent' }],
    ['no suspicion', { suspicion: null }],
    ['a child of ten', { ageBand: 'ten-or-under' }],
    [
      'an arrest for a recordable offence without a reason',
      { recordableArrest: { kind: 'arrested', whyNotLiveScan: null } },
    ],
  ];
  test.each(insufficient)('%s leads to no grant and opens nothing', async (_, changes) => {
    const { checkId } = await officer.checks.begin({});

    const view = await officer.checks.recordGrounds({ checkId, grounds: soundGrounds(changes) });

    expect(view.stage).toBe('grounds');
    await expect(officer.checks.proceedToCapture({ checkId })).rejects.toEqual(refusal('check.wrong-stage'));
    expect(station.spy.opened).toBe(0);
  });

  test('another officer cannot find the check, nor use its grant', async () => {
    const { checkId, grantId } = await reachCapture(officer);
    const administrator = (await station.signIn('administrator')).client;
    const made = await administrator.administration.createUser({
      userName: 'second',
      displayName: 'PC Two',
      role: 'officer',
    });
    const { client: other } = station.connect();
    await other.session.signIn({ userName: 'second', password: made.firstPassword });
    await other.session.changePassword({ present: made.firstPassword, wanted: 'green paper lantern' });

    await expect(other.checks.capture({ checkId, grantId, ...FINGER })).rejects.toEqual(refusal('check.not-found'));

    expect(station.spy.opened).toBe(0);
  });

  test('a random grant never opens it', async () => {
    const { checkId } = await reachCapture(officer);
    for (let time = 0; time < 50; time += 1) {
      const grantId = systemRandomness.uuid();
      await expect(officer.checks.capture({ checkId, grantId, ...FINGER })).rejects.toEqual(refusal('grant.none'));
    }

    expect(station.spy.opened).toBe(0);
  });
});
