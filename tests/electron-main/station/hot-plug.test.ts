import { describe, expect, test } from 'vitest';
import type { StationStatus } from '../../../electron/contract/station.ts';
import type { ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { reachCapture, takeFinger } from '../../support/officer.ts';
import { startTestStation, until, visit, type StationClient, type TestStation } from '../../support/test-station.ts';
import type { CheckView, FingerState } from '../../../electron/contract/checks.ts';

type AtCapture = Extract<CheckView, { stage: 'capture' }>;

/** Follows what every page shows until the scanner is as wanted. */
async function untilScanner(client: StationClient, wanted: StationStatus['scanner']['kind'], code?: string) {
  for await (const { scanner } of await client.station.watch({})) {
    if (scanner.kind !== wanted) continue;
    if (code === undefined || (scanner.kind === 'not-ready' && scanner.code === code)) return scanner;
  }
  throw new Error('the station closed');
}

function untilFirst(client: StationClient, checkId: string, isWanted: (state: FingerState) => boolean) {
  return until(client, checkId, (view): view is AtCapture => {
    return view.stage === 'capture' && isWanted(view.fingers[0].state);
  });
}

/** A source whose listings a test alters; what it opens is the simulated device. */
function altered(rows: (listed: readonly ScannerListing[]) => readonly ScannerListing[]) {
  return (source: ScannerSource): ScannerSource => ({
    list: async (signal) => rows(await source.list(signal)),
    open: (_path, signal) => source.open('simulated:0', signal),
  });
}

/** As if it were hardware. */
const asReal = (listed: readonly ScannerListing[]) => listed.map((row) => ({ ...row, isSimulated: false }));

describe('what every page shows of the scanner', () => {
  test('it vanishes and re-appears, and both are told without anybody asking', async () => {
    await using station = await startTestStation({ withGalleries: false });
    const { client } = station.connect();
    expect((await client.station.status({})).scanner.kind).toBe('ready');
    const gone = untilScanner(client, 'not-ready');
    station.scanner.unplug();
    expect(await gone).toMatchObject({ code: 'scanner.not-found' });
    const back = untilScanner(client, 'ready');
    station.scanner.plugIn();
    expect((await back).kind).toBe('ready');
  });

  const second = (row: ScannerListing): ScannerListing => ({ ...row, path: '/dev/hidraw8', serialNumber: 'B-2' });
  test.each<[string, string, (rows: readonly ScannerListing[]) => readonly ScannerListing[]]>([
    ['two at once', 'scanner.several', (rows) => rows.flatMap((row) => [row, second(row)])],
    [
      'one without permission',
      'scanner.no-permission',
      (rows) => rows.map((row) => ({ ...row, refusal: 'no-permission' })),
    ],
    ['one that another program holds', 'scanner.in-use', (rows) => rows.map((row) => ({ ...row, refusal: 'in-use' }))],
    [
      'one whose driver is missing',
      'scanner.driver-missing',
      (rows) => rows.map((row) => ({ ...row, refusal: 'driver-missing' })),
    ],
    [
      'a device without a profile alone',
      'scanner.not-found',
      (rows) => rows.map((row) => ({ ...row, profileId: null, refusal: 'no-profile' })),
    ],
  ])('%s is told as %s, and the officer who captures all the same reads the same', async (_, code, rows) => {
    await using station = await startTestStation({
      withGalleries: false,
      scanners: altered((listed) => rows(asReal(listed))),
    });
    const { client } = await station.signIn('officer');
    expect((await client.station.status({})).scanner).toMatchObject({ kind: 'not-ready', code });
    const { checkId, grantId } = await reachCapture(client);
    const capture = client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });
    await expect(capture).rejects.toMatchObject({ data: { code } });
    expect(station.spy.opened).toBe(0);
  });

  test('a system library that fails is "not found" and not the scanner that was there before', async () => {
    let isBroken = false;
    await using station = await startTestStation({
      withGalleries: false,
      scanners: (source) => ({
        list: (signal) => (isBroken ? Promise.reject(new Error('no bus')) : source.list(signal)),
        open: (path, signal) => source.open(path, signal),
      }),
    });
    const { client } = station.connect();
    const gone = untilScanner(client, 'not-ready');
    isBroken = true;
    station.scanner.unplug();
    expect(await gone).toMatchObject({ code: 'scanner.not-found' });
    const back = untilScanner(client, 'ready');
    isBroken = false;
    station.scanner.plugIn();
    await back;
  });
});

describe('the scanner that an administrator chose', () => {
  /** The simulated device as if it were hardware that hangs now here, now there, with or without another beside it. */
  async function chosenAt(first: string) {
    const bus = { path: first, serialNumber: 'TRAINING-0001', opened: [] as string[] };
    const station = await startTestStation({
      withGalleries: false,
      scanners: (source) => ({
        list: async (signal) =>
          asReal(await source.list(signal)).map((row) => ({ ...row, path: bus.path, serialNumber: bus.serialNumber })),
        open: (path, signal) => {
          bus.opened.push(path);
          return source.open('simulated:0', signal);
        },
      }),
    });
    const { client: administrator } = await station.signIn('administrator');
    await administrator.scanners.enrol({ path: first });
    await administrator.scanners.choose({ path: first });
    return { bus, station };
  }

  test('is found again by its serial number when it re-appears on another path', async () => {
    const { bus, station } = await chosenAt('/dev/hidraw0');
    await using _ = station;
    const { client } = await station.signIn('officer');
    const gone = untilScanner(client, 'not-ready');
    station.scanner.unplug();
    await gone;
    bus.path = '/dev/hidraw5';
    const back = untilScanner(client, 'ready');
    station.scanner.plugIn();
    await back;
    const check = await reachCapture(client);
    await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: 1 });
    expect(bus.opened.at(-1)).toBe('/dev/hidraw5');
  });

  test('is not replaced by another one on its own path', async () => {
    const { bus, station } = await chosenAt('/dev/hidraw0');
    await using _ = station;
    const { client } = station.connect();
    const wrong = untilScanner(client, 'not-ready', 'scanner.wrong-one');
    station.scanner.unplug();
    bus.serialNumber = 'SOMEBODY-ELSES';
    station.scanner.plugIn();
    expect(await wrong).toMatchObject({ code: 'scanner.wrong-one' });
  });
});

describe('the bus is left alone while a finger is taken', () => {
  test('plug events, a page of scanners and a watching officer cause no enumeration during a capture, and one after it', async () => {
    let tell = () => {};
    await using station = await startTestStation({
      withGalleries: false,
      plugEvents: (onEvent) => {
        tell = onEvent;
        return () => {};
      },
    });
    const { client } = await station.signIn('officer');
    const { checkId, grantId } = await reachCapture(client);
    await client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });
    await untilFirst(client, checkId, ({ kind }) => kind === 'previewing');
    const before = station.spy.lists;
    for (let event = 0; event < 20; event += 1) tell();
    station.present(visit(1, 2));
    await untilFirst(client, checkId, ({ kind }) => kind === 'transferring');
    for (let event = 0; event < 20; event += 1) tell();
    expect(station.spy.lists).toBe(before);
    await untilFirst(client, checkId, ({ kind }) => kind === 'captured');
    await expect.poll(() => station.spy.lists, { timeout: 5_000 }).toBe(before + 1);
  });
});

describe('unplugged in the middle of a check', () => {
  const states: readonly FingerState['kind'][] = [
    'waiting-for-finger',
    'previewing',
    'transferring',
    'waiting-for-lift',
  ];

  async function reach(station: TestStation, client: StationClient) {
    const check = await reachCapture(client);
    await takeFinger(station, client, check, { slot: 'second', position: 7, personSeed: 4 });
    return check;
  }

  test.each(states)(
    'while "%s": one sentence, no byte, no attempt lost, the other finger kept, and the check goes on',
    async (kind) => {
      await using station = await startTestStation({ withGalleries: false });
      const { client } = await station.signIn('officer');
      const { checkId, grantId } = await reach(station, client);
      const before = new Set(station.buffers.keys());
      const reached = untilFirst(client, checkId, (state) => state.kind === kind);
      if (kind !== 'waiting-for-finger' && kind !== 'previewing') station.present(visit(4, 2));
      await client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });
      await reached;

      station.scanner.unplug();

      const told = await untilFirst(client, checkId, (state) => state.kind === 'failed');
      expect(told.fingers[0]).toMatchObject({ state: { code: 'scanner.unplugged' }, attempts: 0, attemptsLeft: 4 });
      expect(told.fingers[1].state.kind).toBe('captured');
      const ofTheCut = [...station.buffers].filter(([bufferId]) => !before.has(bufferId));
      expect(ofTheCut.length).toBeGreaterThan(0);
      expect(ofTheCut.every(([, buffer]) => isAllZero(buffer))).toBe(true);

      station.scanner.plugIn();
      station.present(visit(4, 2));
      await client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });
      const taken = await untilFirst(client, checkId, (state) => state.kind === 'captured');
      expect([taken.checkId, taken.grantId, taken.canSearch]).toEqual([checkId, grantId, true]);
    },
  );

  test('a scanner that is away when a finger is to be taken again costs neither the print nor an attempt', async () => {
    await using station = await startTestStation({ withGalleries: false });
    const { client } = await station.signIn('officer');
    const { checkId, grantId } = await reach(station, client);
    const [, before] = ((await client.checks.current({})) as AtCapture).fingers;
    station.scanner.unplug();

    const again = client.checks.capture({ checkId, grantId, slot: 'second', position: 7 });

    await expect(again).rejects.toMatchObject({ data: { code: 'scanner.not-found' } });
    expect(((await client.checks.current({})) as AtCapture).fingers[1]).toEqual(before);
  });
});
