import { afterEach, describe, expect, test } from 'vitest';
import type { AuditRow } from '../../../../electron/contract/audit.ts';
import { reachCapture } from '../../../support/officer.ts';
import { realLookingSource, type Looks } from '../../../support/real-looking-source.ts';
import { startTestStation, visit, type TestStation } from '../../../support/test-station.ts';

const PATH = 'simulated:0';
const FINGER = { slot: 'first', position: 2 } as const;
const DEVICE = { vendorId: 0x1209, productId: 0x0001, serialNumber: 'TRAINING-0001' };

function refusal(code: string) {
  return expect.objectContaining({ code: 'REFUSED', data: { code } });
}

let station: TestStation;
afterEach(() => station?.[Symbol.asyncDispose]());

async function startReal(looks: () => Looks = () => ({}), machinePolicy: unknown = null): Promise<void> {
  station = await startTestStation({
    withGalleries: false,
    scanners: (simulated) => realLookingSource(simulated, looks),
    platform: { machinePolicy },
  });
}

const administrator = async () => (await station.signIn('administrator')).client;

async function tryToCapture(): Promise<unknown> {
  const { client } = await station.signIn('officer');
  const { checkId, grantId } = await reachCapture(client);
  station.present(visit(1, 2));
  return client.checks.capture({ checkId, grantId, ...FINGER }).then(
    () => 'captured',
    (error: { readonly data: { readonly code: string } }) => error.data.code,
  );
}

async function events(): Promise<readonly AuditRow[]> {
  const { client } = await station.signIn('auditor');
  return client.audit.search({ checkReference: null, beforeSequence: null, limit: 200 });
}

describe('only an enrolled scanner captures for a check', () => {
  test('the simulated scanner of a training station does so without enrolment, for the list begins empty', async () => {
    station = await startTestStation({ withGalleries: false });

    expect(await tryToCapture()).toBe('captured');
    const { scanners } = await (await administrator()).scanners.list({});
    expect(scanners[0]).toMatchObject({ isEnrolled: false, needsEnrolment: false, refusal: null, isSimulated: true });
  });

  test('a real one that nobody enrolled is refused in words, and never opened', async () => {
    await startReal();

    expect(await tryToCapture()).toBe('scanner.not-enrolled');
    expect(station.spy.opened).toBe(0);
    const status = await (await administrator()).station.status({});
    expect(status.scanner).toEqual({ kind: 'not-ready', code: 'scanner.not-enrolled', isSimulated: false });
    expect(status.isTraining).toBe(false);
  });

  test('enrolling opens it, reads its own numbers, and lets it capture from then on', async () => {
    await startReal();

    const view = await (await administrator()).scanners.enrol({ path: PATH });

    expect(view.scanners[0]).toMatchObject({ isEnrolled: true, refusal: null, firmwareVersion: '1.0.0' });
    expect(await tryToCapture()).toBe('captured');
    const enrolled = (await events()).find(({ code }) => code === 'scanner-enrolled');
    expect(enrolled?.details).toEqual(DEVICE);
    expect(enrolled?.actor).toBe('admin');
  });

  test('withdrawing takes effect at the next capture, and a second withdrawal is refused', async () => {
    await startReal();
    const client = await administrator();
    await client.scanners.enrol({ path: PATH });

    const view = await client.scanners.withdraw(DEVICE);

    expect(view.scanners[0]).toMatchObject({ isEnrolled: false, refusal: 'not-enrolled' });
    await expect(client.scanners.withdraw(DEVICE)).rejects.toEqual(refusal('scanner.not-enrolled'));
    expect(await tryToCapture()).toBe('scanner.not-enrolled');
    expect((await events()).map(({ code }) => code)).toContain('scanner-withdrawn');
  });

  test('a device that only lists the number of an enrolled one is opened, asked for its own, and closed again', async () => {
    let looks: Looks = {};
    await startReal(() => looks);
    await (await administrator()).scanners.enrol({ path: PATH });
    looks = { own: { serialNumber: 'SOMEBODY-ELSE' } };

    expect(await tryToCapture()).toBe('scanner.not-enrolled');
    expect([...station.buffers.values()].every((buffer) => new Uint8Array(buffer).every((byte) => byte === 0))).toBe(
      true,
    );
  });

  test('a scanner that tells its number over the protocol alone can be enrolled, and is then known', async () => {
    await startReal(() => ({ listed: { serialNumber: '' } }));
    const client = await administrator();
    const before = await client.scanners.list({});

    const after = await client.scanners.enrol({ path: PATH });

    expect(before.scanners[0]).toMatchObject({ serialNumber: '', isEnrolled: false, refusal: null });
    expect(after.scanners[0]).toMatchObject({ serialNumber: 'TRAINING-0001', isEnrolled: true });
    expect(await tryToCapture()).toBe('captured');
  });

  test('an enrolled scanner that was unplugged is listed as absent and can be withdrawn', async () => {
    await startReal();
    const client = await administrator();
    await client.scanners.enrol({ path: PATH });
    station.scanner.unplug();

    expect(await client.scanners.list({})).toMatchObject({ scanners: [], absent: [{ ...DEVICE, givenName: null }] });
    expect((await client.scanners.withdraw(DEVICE)).absent).toEqual([]);
  });

  test('an enrolment outlives the station', async () => {
    await startReal();
    await using again = new AsyncDisposableStack();
    await (await administrator()).scanners.enrol({ path: PATH });
    await station.station.close();

    const second = again.use(
      await startTestStation({
        dataFolder: station.dataFolder,
        withGalleries: false,
        scanners: (simulated) => realLookingSource(simulated),
      }),
    );

    const connection = second.connect().client;
    expect((await connection.station.status({})).scanner).toMatchObject({ kind: 'ready' });
  });
});

describe('a reader that tells no serial number', () => {
  const unnumbered: Looks = { listed: { serialNumber: '', profileId: 'libfprint' }, own: { serialNumber: '' } };

  test('cannot be enrolled, named or used for checks', async () => {
    await startReal(() => unnumbered);
    const client = await administrator();

    await expect(client.scanners.enrol({ path: PATH })).rejects.toEqual(refusal('scanner.no-serial-number'));
    await expect(client.scanners.name({ path: PATH, name: 'x' })).rejects.toEqual(refusal('scanner.no-serial-number'));
    expect((await client.scanners.list({})).scanners[0]?.refusal).toBe('no-serial-number');
    expect(await tryToCapture()).toBe('scanner.not-enrolled');
  });

  test('captures where the force says so by machine policy', async () => {
    await startReal(() => unnumbered, { areUnnumberedReadersAllowed: true });

    const { scanners } = await (await administrator()).scanners.list({});

    expect(scanners[0]).toMatchObject({ refusal: null, needsEnrolment: false, isEnrolled: false });
    expect(await tryToCapture()).toBe('captured');
  });

  test('has no glass that can be checked', async () => {
    await startReal(() => unnumbered);

    await expect((await administrator()).scanners.checkGlass({ path: PATH })).rejects.toEqual(
      refusal('scanner.cannot-be-checked'),
    );
  });
});

describe('choosing and naming', () => {
  test('a name is kept by the scanner’s number, shown, logged without the name, and taken away again', async () => {
    station = await startTestStation({ withGalleries: false });
    const client = await administrator();

    const named = await client.scanners.name({ path: PATH, name: '  by the window ' });
    const unnamed = await client.scanners.name({ path: PATH, name: null });

    expect(named.scanners[0]?.givenName).toBe('by the window');
    expect(unnamed.scanners[0]?.givenName).toBeNull();
    const noted = (await events()).filter(({ code }) => code === 'scanner-named');
    expect(noted.map(({ details }) => details)).toEqual([DEVICE, DEVICE]);
  });

  test('the chosen one is marked, and a path that is not there is refused', async () => {
    station = await startTestStation({ withGalleries: false });
    const client = await administrator();

    expect((await client.scanners.choose({ path: PATH })).scanners[0]?.isChosen).toBe(true);
    await expect(client.scanners.choose({ path: '/dev/hidraw9' })).rejects.toEqual(refusal('scanner.not-found'));
  });

  test('what the machine policy has chosen is said and cannot be changed', async () => {
    station = await startTestStation({ withGalleries: false, platform: { machinePolicy: { scanner: PATH } } });
    const client = await administrator();

    expect((await client.scanners.list({})).isChoiceFixed).toBe(true);
    await expect(client.scanners.choose({ path: PATH })).rejects.toEqual(refusal('settings.fixed-by-policy'));
  });

  test.each([
    [
      'no-permission',
      'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="1209", ATTRS{idProduct}=="0001", GROUP="ridgeway", MODE="0660"',
    ],
    ['in-use', null],
    ['no-profile', null],
  ] as const)(
    'a device that is refused as %s says so, with the rule to install where one helps',
    async (reason, rule) => {
      const profileId = reason === 'no-profile' ? null : 'ridgeway-high-speed';
      station = await startTestStation({
        withGalleries: false,
        hasUdev: true,
        scanners: (simulated) =>
          realLookingSource(simulated, () => ({ listed: { path: '/dev/hidraw3', refusal: reason, profileId } })),
      });
      const client = await administrator();

      const view = await client.scanners.list({});

      expect(view.scanners[0]).toMatchObject({ refusal: reason, udevRule: rule, canBeOpened: false });
      expect(view.udevRules).toHaveLength(3);
      await expect(client.scanners.choose({ path: '/dev/hidraw3' })).rejects.toEqual(refusal('scanner.not-chosen'));
    },
  );
});
