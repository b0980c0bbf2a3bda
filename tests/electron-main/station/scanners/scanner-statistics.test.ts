import { afterEach, describe, expect, test } from 'vitest';
import { parseSimulatedFault } from '../../../../native-bridge/scanner/simulated-fault.ts';
import { createScannerStatistics } from '../../../../electron/station/scanners/scanner-statistics.ts';
import { createScannerDayStore } from '../../../../electron/storage/scanner-day-store.ts';
import type { CaptureOutcome, Scanner } from '../../../../native-bridge/scanner/scanner.ts';
import { temporaryDatabase } from '../../../support/counts/temporary-database.ts';
import { reachCapture, takeFinger } from '../../../support/officer.ts';
import { startTestStation, type StationClient, type TestStation } from '../../../support/test-station.ts';

const DEVICE = { vendorId: 0x1209, productId: 1, serialNumber: 'TRAINING-0001' };
const THRESHOLDS = { minimumQuality: 40, matchTargetFpir: 1e-4, possibleTargetFpir: 1e-2 };

let station: TestStation;
let officer: StationClient;
let administrator: StationClient;
afterEach(() => station?.[Symbol.asyncDispose]());

async function start(...faults: readonly string[]): Promise<void> {
  station = await startTestStation({ withGalleries: false, faults: faults.map(parseSimulatedFault) });
  officer = (await station.signIn('officer')).client;
  administrator = (await station.signIn('administrator')).client;
}

const today = async () => (await administrator.scanners.statistics({ device: DEVICE, days: 7 })).at(-1);

describe('statistics of a scanner', () => {
  test('count an officer’s captures by day, with their mean quality, and nothing on the days before', async () => {
    await start();
    const check = await reachCapture(officer);
    const first = await takeFinger(station, officer, check, { slot: 'first', position: 2, personSeed: 1 });
    const second = await takeFinger(station, officer, check, { slot: 'second', position: 7, personSeed: 1 });
    const qualities = [first.fingers[0], second.fingers[1]].map(({ state }) =>
      state.kind === 'captured' ? state.quality : 0,
    );

    const days = await administrator.scanners.statistics({ device: DEVICE, days: 7 });

    expect(days).toHaveLength(7);
    expect(days.slice(0, 6).every(({ captures, meanQuality }) => captures === 0 && meanQuality === null)).toBe(true);
    expect(days[6]).toMatchObject({
      captures: 2,
      meanQuality: (Number(qualities[0]) + Number(qualities[1])) / 2,
      faults: 0,
    });
    expect(
      await administrator.scanners.statistics({ device: { ...DEVICE, serialNumber: 'ANOTHER' }, days: 7 }),
    ).toMatchObject(Array.from({ length: 7 }, () => ({ captures: 0 })));
  });

  test('count reports that were lost and sent again', async () => {
    await start('drop=6%');
    await takeFinger(station, officer, await reachCapture(officer), { slot: 'first', position: 2, personSeed: 1 });

    const row = await today();

    expect(row?.captures).toBe(1);
    expect(row?.reportsLost).toBeGreaterThan(0);
    expect(row?.reportsRepeated).toBeGreaterThanOrEqual(row?.reportsLost ?? 0);
  });

  test('count a capture that ended with a fault of the scanner as a fault, without a quality', async () => {
    await start('unplug-at=report:60');
    await takeFinger(station, officer, await reachCapture(officer), { slot: 'first', position: 2, personSeed: 1 });

    expect(await today()).toMatchObject({ captures: 0, meanQuality: null, faults: 1 });
  });
});

describe('the effect of thresholds', () => {
  test('is the share of this station’s own captures that would have been below', async () => {
    await start();
    await takeFinger(station, officer, await reachCapture(officer), { slot: 'first', position: 2, personSeed: 1 });

    const strict = await administrator.scanners.thresholds({ ...THRESHOLDS, minimumQuality: 100 });
    const lax = await administrator.scanners.thresholds({ ...THRESHOLDS, minimumQuality: 0 });

    expect([strict.captures, strict.belowQuality]).toEqual([1, 1]);
    expect([lax.captures, lax.belowQuality]).toEqual([1, 0]);
    expect([lax.police, lax.immigration]).toEqual([null, null]);
    await expect(administrator.scanners.thresholds({ ...THRESHOLDS, matchTargetFpir: 0.5 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('is, for a database that is ready, the score that its size asks for', async () => {
    station = await startTestStation();
    administrator = (await station.signIn('administrator')).client;

    const { police } = await administrator.scanners.thresholds(THRESHOLDS);

    const people = police?.people ?? 0;
    expect(people).toBeGreaterThan(2);
    // FPIR = 1 − (1 − FMR)^N, solved by hand for N = people and N = 2 × people.
    expect(police?.match.oneFinger).toBeCloseTo(-Math.log10(1 - (1 - 1e-4) ** (1 / people)), 6);
    expect(police?.match.twoFingers).toBeCloseTo(-Math.log10(1 - (1 - 1e-4) ** (1 / (2 * people))), 6);
    expect(police?.match.falsePositivesPerThousand).toBeCloseTo(0.1, 6);
    expect(police?.possible.falsePositivesPerThousand).toBeCloseTo(10, 6);
  });
});

describe('what is kept of days', () => {
  const at = (moment: string) => ({ now: () => Date.parse(moment), after: () => () => {} });
  const QUIET = { note() {}, fault() {} };
  const captured: CaptureOutcome = {
    kind: 'captured',
    widthPx: 1,
    heightPx: 1,
    resolutionPpi: 500,
    quality: 70,
    liftedAtMs: 0,
  };

  /** A scanner whose every capture ends in the same way. */
  function ending(outcome: CaptureOutcome): Scanner {
    const identity = {
      ...DEVICE,
      profileId: 'x',
      productName: 'x',
      firmwareVersion: '1.0.0',
      widthPx: 1,
      heightPx: 1,
      resolutionPpi: 500,
      sensingAreaWidthMm: 1,
      sensingAreaHeightMm: 1,
      isSimulated: true,
    };
    return {
      identity,
      capture: () => Promise.resolve(outcome),
      statistics: () => ({
        reportsReceived: 0,
        reportsLost: 0,
        reportsRepeated: 0,
        captures: 0,
        previewFramesPerSecond: 0,
      }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const request = {
    into: new SharedArrayBuffer(1),
    deadlineMs: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
  };

  test('belongs to the day on London’s clocks, in summer too', async () => {
    await using temporary = await temporaryDatabase();
    const desk = createScannerStatistics({
      database: temporary.database,
      clock: at('2026-07-01T23:30:00Z'),
      log: QUIET,
    });

    await desk.counting(ending(captured)).capture(request);

    expect((await desk.days(DEVICE, 7)).at(-1)).toMatchObject({ day: '2026-07-02', captures: 1, meanQuality: 70 });
  });

  test('is removed after four hundred days, by the first capture of a day', async () => {
    await using temporary = await temporaryDatabase();
    const { database } = temporary;
    const old = createScannerStatistics({ database, clock: at('2025-01-01T12:00:00Z'), log: QUIET });
    await old.counting(ending(captured)).capture(request);
    await old.settled();
    const store = createScannerDayStore(database);
    expect(await store.from(DEVICE, '2000-01-01')).toHaveLength(1);

    const later = createScannerStatistics({ database, clock: at('2026-11-22T12:00:00Z'), log: QUIET });
    await later.counting(ending(captured)).capture(request);
    await later.settled();

    expect((await store.from(DEVICE, '2000-01-01')).map(({ day }) => day)).toEqual(['2026-11-22']);
    expect(await later.below(100)).toEqual({ captures: 1, below: 1 });
  });

  test('is nothing for a finger that nobody placed', async () => {
    await using temporary = await temporaryDatabase();
    const { database } = temporary;
    const desk = createScannerStatistics({ database, clock: at('2026-11-22T12:00:00Z'), log: QUIET });

    await desk.counting(ending({ kind: 'no-finger' })).capture(request);
    await desk.settled();

    expect(await createScannerDayStore(database).from(DEVICE, '2000-01-01')).toEqual([]);
  });

  test('that cannot be written is logged, and the capture stands', async () => {
    const temporary = await temporaryDatabase();
    const faults: string[] = [];
    const log = { note() {}, fault: (code: string) => faults.push(code) };
    const desk = createScannerStatistics({ database: temporary.database, clock: at('2026-11-22T12:00:00Z'), log });
    const scanner = desk.counting(ending(captured));
    await temporary[Symbol.asyncDispose]();

    expect(await scanner.capture(request)).toEqual(captured);
    await desk.settled();

    expect(faults).toEqual(['scanner.statistics']);
  });

  test('holds no column from which a check, an officer or a person could be told', async () => {
    await using temporary = await temporaryDatabase();
    const columns: { name: string }[] = await temporary.database.run((connection) =>
      connection.raw(
        `SELECT c.name AS name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.name IN ('scanner_day', 'capture_quality')`,
      ),
    );

    expect(columns.map(({ name }) => name).toSorted()).toEqual([
      'captures',
      'captures',
      'day',
      'faults',
      'month',
      'product_id',
      'quality',
      'quality_sum',
      'reports_lost',
      'reports_repeated',
      'serial_number',
      'vendor_id',
    ]);
  });
});
