import type { StationDatabase } from './database.ts';

/** Which device it is, whatever it is plugged into. */
export interface DeviceKey {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
}

/** What the station keeps of a scanner that was named or enrolled. */
export interface ScannerRecord extends DeviceKey {
  readonly givenName: string | null;
  /** ISO 8601 in UTC; null while it may not capture. */
  readonly enrolledAt: string | null;
}

interface ScannerTableRow {
  vendor_id: number;
  product_id: number;
  serial_number: string;
  given_name: string | null;
  enrolled_at: string | null;
}

/** The scanners that this station knows by their serial numbers. */
export interface ScannerStore {
  all(): Promise<readonly ScannerRecord[]>;
  /** Keeps the record in the place of the earlier one; one that says nothing any more is removed. */
  save(record: ScannerRecord): Promise<void>;
}

/** The columns by which a device is found again. */
export function deviceColumns({ vendorId, productId, serialNumber }: DeviceKey) {
  return { vendor_id: vendorId, product_id: productId, serial_number: serialNumber };
}

/** Makes the store over one open database. */
export function createScannerStore(database: StationDatabase): ScannerStore {
  return {
    async all() {
      const rows = await database.run((connection) =>
        connection<ScannerTableRow>('scanner').orderBy(['vendor_id', 'product_id', 'serial_number']),
      );
      return rows.map((row) => ({
        vendorId: row.vendor_id,
        productId: row.product_id,
        serialNumber: row.serial_number,
        givenName: row.given_name,
        enrolledAt: row.enrolled_at,
      }));
    },
    async save(record) {
      const key = deviceColumns(record);
      if (record.givenName === null && record.enrolledAt === null) {
        await database.run((connection) => connection<ScannerTableRow>('scanner').where(key).delete());
        return;
      }
      await database.run((connection) =>
        connection<ScannerTableRow>('scanner')
          .insert({ ...key, given_name: record.givenName, enrolled_at: record.enrolledAt })
          .onConflict(['vendor_id', 'product_id', 'serial_number'])
          .merge(['given_name', 'enrolled_at']),
      );
    },
  };
}
