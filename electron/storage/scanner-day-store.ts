import type { StationDatabase } from './database.ts';
import { deviceColumns, type DeviceKey } from './scanner-store.ts';

/** Sums of one scanner over one day. */
export interface ScannerDaySums {
  readonly captures: number;
  /** Sum of the qualities of the captures, each 0–100. */
  readonly qualitySum: number;
  readonly reportsLost: number;
  readonly reportsRepeated: number;
  readonly faults: number;
}

export interface StoredScannerDay extends ScannerDaySums {
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

interface DayRow {
  day: string;
  vendor_id: number;
  product_id: number;
  serial_number: string;
  captures: number;
  quality_sum: number;
  reports_lost: number;
  reports_repeated: number;
  faults: number;
}

interface QualityRow {
  month: string;
  quality: number;
  captures: number;
}

/** How scanners fared, by day; which qualities there were, by month and for all scanners together. */
export interface ScannerDayStore {
  add(device: DeviceKey, sums: StoredScannerDay): Promise<void>;
  /** Adds one capture to its month, `YYYY-MM`. */
  addQuality(month: string, quality: number): Promise<void>;
  /** One scanner's days from that one on, oldest first; days without a capture or a fault have no row. */
  from(device: DeviceKey, day: string): Promise<readonly StoredScannerDay[]>;
  /** Captures of all months that are kept: how many, and how many were below that quality. */
  countQualities(below: number): Promise<{ readonly captures: number; readonly below: number }>;
  /** Removes what lies before that day and before that month. */
  removeBefore(day: string, month: string): Promise<void>;
}

/** Makes the store over one open database. */
export function createScannerDayStore(database: StationDatabase): ScannerDayStore {
  return {
    async add(device, sums) {
      const key = { day: sums.day, ...deviceColumns(device) };
      const values = {
        captures: sums.captures,
        quality_sum: sums.qualitySum,
        reports_lost: sums.reportsLost,
        reports_repeated: sums.reportsRepeated,
        faults: sums.faults,
      };
      await database.run((connection) =>
        connection<DayRow>('scanner_day')
          .insert({ ...key, ...values })
          .onConflict(['day', 'vendor_id', 'product_id', 'serial_number'])
          .merge(
            Object.fromEntries(
              Object.keys(values).map((column) => [
                column,
                connection.raw('scanner_day.?? + excluded.??', [column, column]),
              ]),
            ),
          ),
      );
    },
    async addQuality(month, quality) {
      await database.run((connection) =>
        connection<QualityRow>('capture_quality')
          .insert({ month, quality, captures: 1 })
          .onConflict(['month', 'quality'])
          .merge({ captures: connection.raw('capture_quality.captures + 1') }),
      );
    },
    async from(device, day) {
      const rows = await database.run((connection) =>
        connection<DayRow>('scanner_day').where(deviceColumns(device)).where('day', '>=', day).orderBy('day'),
      );
      return rows.map((row) => ({
        day: row.day,
        captures: row.captures,
        qualitySum: row.quality_sum,
        reportsLost: row.reports_lost,
        reportsRepeated: row.reports_repeated,
        faults: row.faults,
      }));
    },
    async countQualities(below) {
      const rows = await database.run((connection) => connection<QualityRow>('capture_quality').select());
      const sum = (wanted: readonly QualityRow[]): number =>
        wanted.reduce((total, { captures }) => total + captures, 0);
      return { captures: sum(rows), below: sum(rows.filter(({ quality }) => quality < below)) };
    },
    async removeBefore(day, month) {
      await database.run((connection) => connection<DayRow>('scanner_day').where('day', '<', day).delete());
      await database.run((connection) => connection<QualityRow>('capture_quality').where('month', '<', month).delete());
    },
  };
}
