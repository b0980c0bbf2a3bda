import { afterAll, describe, expect, test } from 'vitest';
import type { TestCaptureEvent } from '../../../../electron/contract/scanners.ts';
import type { GreyImage } from '../../../../native-bridge/image/grey-image.ts';
import { parseSimulatedFault } from '../../../../native-bridge/scanner/simulated-fault.ts';
import { startTestStation, visit, type StationClient, type TestStation } from '../../../support/test-station.ts';

const PATH = 'simulated:0';
const SIDE = 500;

/** One station for all tests of the same faults: each leaves it as it found it. */
const started = new Map<
  string,
  { readonly station: TestStation; readonly client: StationClient; readonly auditor: StationClient }
>();
let station: TestStation;
let client: StationClient;
let auditor: StationClient;
afterAll(() => Promise.all([...started.values()].map((one) => one.station[Symbol.asyncDispose]())));

async function start(...faults: readonly string[]): Promise<void> {
  const key = faults.join();
  const known = started.get(key);
  if (known !== undefined) {
    ({ auditor, client, station } = known);
    return;
  }
  station = await startTestStation({ withGalleries: false, faults: faults.map(parseSimulatedFault) });
  client = (await station.signIn('administrator')).client;
  auditor = (await station.signIn('auditor')).client;
  started.set(key, { station, client, auditor });
}

function refusal(code: string) {
  return expect.objectContaining({ code: 'REFUSED', data: { code } });
}

async function wholeTest(path = PATH): Promise<readonly TestCaptureEvent[]> {
  const events: TestCaptureEvent[] = [];
  for await (const event of await client.scanners.testCapture({ path })) events.push(event);
  return events;
}

/** Everything that ever came into custody is zero now. */
function isEverythingErased(): boolean {
  return [...station.buffers.values()].every((buffer) => new Uint8Array(buffer).every((byte) => byte === 0));
}

/** What the log says of the newest test. */
async function newestTest() {
  const rows = await auditor.audit.search({ checkReference: null, beforeSequence: null, limit: 50 });
  return rows.find(({ code }) => code === 'test-capture')?.details;
}

/** Lines a millimetre apart in both directions, as a scanner of that true resolution would see them. */
function printedTarget(truePpi: number): GreyImage {
  const periodPx = truePpi / 25.4;
  const isLine = (at: number): boolean => at % periodPx < periodPx * 0.2;
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    isLine(at % SIDE) || isLine(Math.floor(at / SIDE)) ? 20 : 240,
  );
  return { widthPx: SIDE, heightPx: SIDE, resolutionPpi: 500, pixels };
}

describe('a test capture', () => {
  test('tells how the scanner did, and ends with the receipt of what was erased', async () => {
    await start();
    station.present(visit(3, 2));

    const events = await wholeTest();

    const last = events.at(-1);
    if (last?.kind !== 'done') throw new Error(`ended ${last?.kind}`);
    expect(last.quality).toBeGreaterThan(30);
    expect(last.framesPerSecond).toBeGreaterThan(5);
    expect(last.reportsReceived).toBeGreaterThan(200);
    expect({ lost: last.reportsLost, repeated: last.reportsRepeated }).toEqual({ lost: 0, repeated: 0 });
    expect(last.receipt).toMatchObject({ kind: 'image', sizeBytes: SIDE * SIDE, why: 'test-ended' });
    expect(isEverythingErased()).toBe(true);
    expect(await newestTest()).toEqual({
      outcome: 'done',
      of: 'finger',
      bufferId: last.receipt.bufferId,
      sizeBytes: SIDE * SIDE,
      takenAt: last.receipt.takenAt,
      erasedAt: last.receipt.erasedAt,
    });
  });

  test('counts the reports that were lost and asked for again, and is whole all the same', async () => {
    await start('drop=6%');
    station.present(visit(3, 2));

    const last = (await wholeTest()).at(-1);

    if (last?.kind !== 'done') throw new Error(`ended ${last?.kind}`);
    expect(last.reportsLost).toBeGreaterThan(0);
    expect(last.reportsRepeated).toBeGreaterThanOrEqual(last.reportsLost);
  });

  test('that nobody follows any more is stopped, erased and logged as failed', async () => {
    await start();
    const events = await client.scanners.testCapture({ path: PATH });
    await events.next();

    await events.return(undefined);

    await expect.poll(newestTest, { timeout: 5_000 }).toMatchObject({ outcome: 'failed', of: 'finger' });
    expect(isEverythingErased()).toBe(true);
    station.present(visit(3, 2));
    expect((await wholeTest()).at(-1)?.kind).toBe('done');
  });

  test.each([
    ['unplug-at=report:60', 'scanner.unplugged'],
    ['stall=report:60', 'scanner.no-answer'],
  ])('on a scanner with the fault %s ends in words and leaves nothing', async (fault, code) => {
    await start(fault);
    station.present(visit(3, 2));

    expect((await wholeTest()).at(-1)).toEqual({ kind: 'failed', code });
    expect(isEverythingErased()).toBe(true);
    expect(await newestTest()).toMatchObject({ outcome: 'failed' });
  });

  test('of a device that is not there ends as not found, without a buffer', async () => {
    await start();
    const before = station.buffers.size;

    expect((await wholeTest('/dev/hidraw9')).at(-1)).toEqual({ kind: 'failed', code: 'scanner.not-found' });
    expect(station.buffers.size).toBe(before);
    expect(await newestTest()).toEqual({ outcome: 'failed', of: 'finger' });
  });

  test('is no capture of an officer’s and stays out of the statistics', async () => {
    await start();
    station.present(visit(3, 2));
    await wholeTest();

    const device = { vendorId: 0x1209, productId: 1, serialNumber: 'TRAINING-0001' };
    const days = await client.scanners.statistics({ device, days: 7 });

    expect(days.reduce((sum, { captures }) => sum + captures, 0)).toBe(0);
  });
});

describe('the check of the glass', () => {
  test('finds clean glass clean', async () => {
    await start();

    const report = await client.scanners.checkGlass({ path: PATH });

    expect(report).toMatchObject({ verdict: 'clean', dirtyShare: 0, unevenShare: 0, backgroundGrey: 255 });
    expect(report.dirt.cells.every((cell) => cell === 0)).toBe(true);
    expect(isEverythingErased()).toBe(true);
    expect(await newestTest()).toMatchObject({ outcome: 'done', of: 'glass', bufferId: report.receipt.bufferId });
  });

  test.each(['dirty', 'latent'])(
    'finds a glass with the fault %s dirty and shows where, and clean once it was wiped',
    async (fault) => {
      await start(fault);

      const before = await client.scanners.checkGlass({ path: PATH });
      station.scanner.glass.clean();
      const after = await client.scanners.checkGlass({ path: PATH });

      expect(before.verdict).toBe('dirty');
      expect(before.dirt.cells.some((cell) => cell > 0)).toBe(true);
      expect(after.verdict).toBe('clean');
      expect(isEverythingErased()).toBe(true);
    },
  );

  test('of a scanner that is pulled out in the middle says so and leaves nothing', async () => {
    await start('unplug-at=report:20');

    await expect(client.scanners.checkGlass({ path: PATH })).rejects.toEqual(refusal('scanner.unplugged'));
    expect(isEverythingErased()).toBe(true);
  });
});

describe('the check of the resolution', () => {
  test.each([
    [500, true],
    [512, false],
  ])('with a target seen at %i ppi says whether the profile’s 500 is within 1 %%', async (truePpi, isRight) => {
    await start();
    station.scanner.glass.touch(printedTarget(truePpi));

    const report = await client.scanners.checkResolution({ path: PATH, spacingMm: 1 });

    if (report.kind !== 'measured') throw new Error(report.kind);
    expect(report.claimedPpi).toBe(500);
    expect(Math.abs(report.horizontalPpi / truePpi - 1)).toBeLessThan(0.003);
    expect(Math.abs(report.verticalPpi / truePpi - 1)).toBeLessThan(0.003);
    expect(report.isWithinTolerance).toBe(isRight);
    expect(isEverythingErased()).toBe(true);
  });

  test('without a target says that there is none', async () => {
    await start();

    expect((await client.scanners.checkResolution({ path: PATH, spacingMm: 1 })).kind).toBe('no-target');
    expect(await newestTest()).toMatchObject({ outcome: 'done', of: 'target' });
  });
});
