import { isMaintainable, type MaintainableScanner } from '../../../native-bridge/scanner/maintainable-scanner.ts';
import type {
  CaptureOutcome,
  CaptureRequest,
  Scanner,
  ScannerStatistics,
} from '../../../native-bridge/scanner/scanner.ts';
import { type ScannerDay, STATISTICS_DAYS } from '../../contract/scanners.ts';
import { monthOf } from '../../domain/counts/month.ts';
import { dayAfter, dayOf } from '../../domain/day.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { createScannerDayStore } from '../../storage/scanner-day-store.ts';
import type { DeviceKey } from '../../storage/scanner-store.ts';
import type { Clock, TechnicalLog } from '../platform.ts';

export interface ScannerStatisticsOptions {
  readonly database: StationDatabase;
  readonly clock: Clock;
  readonly log: TechnicalLog;
}

/** How scanners fare in officers' hands: sums of a day, of no check and of nobody. */
export interface ScannerStatisticsDesk {
  /** The same scanner, whose captures are counted from now on. */
  counting(scanner: Scanner): Scanner;
  /** One row a day up to today, days without anything included, oldest first. */
  days(device: DeviceKey, days: number): Promise<ScannerDay[]>;
  /** Captures that are kept, and how many of them were below that quality. */
  below(quality: number): Promise<{ readonly captures: number; readonly below: number }>;
  /** Settles when what was counted so far is kept. */
  settled(): Promise<void>;
}

/** Makes the desk over one open database. */
export function createScannerStatistics({ clock, database, log }: ScannerStatisticsOptions): ScannerStatisticsDesk {
  const store = createScannerDayStore(database);
  let keeping: Promise<void> = Promise.resolve();
  let lastTidied: string | null = null;

  async function keep(device: DeviceKey, outcome: CaptureOutcome, lost: number, repeated: number): Promise<void> {
    const day = dayOf(clock.now());
    const month = monthOf(clock.now());
    const oldest = dayAfter(day, 1 - STATISTICS_DAYS);
    const quality = outcome.kind === 'captured' ? outcome.quality : null;
    await database.transaction(async () => {
      await store.add(device, {
        day,
        captures: quality === null ? 0 : 1,
        qualitySum: quality ?? 0,
        reportsLost: lost,
        reportsRepeated: repeated,
        faults: outcome.kind === 'fault' || outcome.kind === 'unplugged' ? 1 : 0,
      });
      if (quality !== null) await store.addQuality(month, quality);
      if (lastTidied !== day) await store.removeBefore(oldest, oldest.slice(0, month.length));
    });
    lastTidied = day;
  }

  /** The officer's capture never waits for its statistics, and never fails because of them. */
  function note(device: DeviceKey, outcome: CaptureOutcome, before: ScannerStatistics, after: ScannerStatistics): void {
    const lost = after.reportsLost - before.reportsLost;
    const repeated = after.reportsRepeated - before.reportsRepeated;
    const isNothing = outcome.kind === 'aborted' || outcome.kind === 'no-finger';
    if (isNothing && lost === 0 && repeated === 0) return;
    keeping = keeping
      .then(() => keep(device, outcome, lost, repeated))
      .catch((fault: unknown) => log.fault('scanner.statistics', fault));
  }

  return {
    counting(scanner) {
      const { productId, serialNumber, vendorId } = scanner.identity;
      return countingScanner(scanner, (outcome, before) =>
        note({ vendorId, productId, serialNumber }, outcome, before, scanner.statistics()),
      );
    },
    async days(device, days) {
      await keeping;
      const today = dayOf(clock.now());
      const rows = await store.from(device, dayAfter(today, 1 - days));
      return Array.from({ length: days }, (_, index): ScannerDay => {
        const day = dayAfter(today, index + 1 - days);
        const row = rows.find((known) => known.day === day);
        if (row === undefined) {
          return { day, captures: 0, meanQuality: null, reportsLost: 0, reportsRepeated: 0, faults: 0 };
        }
        const { captures, faults, qualitySum, reportsLost, reportsRepeated } = row;
        const meanQuality = captures === 0 ? null : qualitySum / captures;
        return { day, captures, meanQuality, reportsLost, reportsRepeated, faults };
      });
    },
    async below(quality) {
      await keeping;
      return store.countQualities(quality);
    },
    settled: () => keeping,
  };
}

/** The same scanner, whatever it can do, that tells how each capture of a finger ended. */
function countingScanner(
  scanner: Scanner,
  onEnded: (outcome: CaptureOutcome, before: ScannerStatistics) => void,
): Scanner | MaintainableScanner {
  const counted: Scanner = {
    identity: scanner.identity,
    async capture(request: CaptureRequest) {
      const before = scanner.statistics();
      const outcome = await scanner.capture(request);
      onEnded(outcome, before);
      return outcome;
    },
    statistics: () => scanner.statistics(),
    [Symbol.asyncDispose]: () => scanner[Symbol.asyncDispose](),
  };
  if (!isMaintainable(scanner)) return counted;
  return {
    ...counted,
    captureGlass: (request) => scanner.captureGlass(request),
    indicate: (light, sound) => scanner.indicate(light, sound),
    deviceStatistics: (signal) => scanner.deviceStatistics(signal),
  };
}
