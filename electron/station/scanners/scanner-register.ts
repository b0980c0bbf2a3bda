import type { EnrolledScanner, ExemptibleScanner } from '../../../native-bridge/scanner/enrolled-source.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { createScannerStore, type DeviceKey, type ScannerRecord } from '../../storage/scanner-store.ts';
import type { Clock } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface ScannerRegisterOptions {
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** A training station: its simulated scanner needs no enrolment. */
  readonly isTraining: boolean;
  /** The force's machine policy lets readers capture that tell no serial number. */
  readonly areUnnumberedReadersAllowed: boolean;
}

/** Which scanners this station knows by their serial numbers, and which of them may capture for checks. */
export interface ScannerRegister {
  /** Read at each opening, so that an enrolment takes effect at once. */
  enrolled(): readonly EnrolledScanner[];
  /** True for a scanner that may capture although nobody enrolled it. Why: docs/decisions/0012. */
  isExempt(device: ExemptibleScanner): boolean;
  isEnrolled(device: DeviceKey): boolean;
  recordOf(device: DeviceKey): ScannerRecord | null;
  /** @throws Refusal `scanner.no-serial-number` */
  enrol(actor: string, device: DeviceKey): Promise<void>;
  /** @throws Refusal `scanner.not-enrolled` */
  withdraw(actor: string, device: DeviceKey): Promise<void>;
  /** Null takes the name away. @throws Refusal `scanner.no-serial-number` */
  name(actor: string, device: DeviceKey, givenName: string | null): Promise<void>;
}

/** Reads the register once and keeps it in step with its table. */
export async function createScannerRegister(options: ScannerRegisterOptions): Promise<ScannerRegister> {
  const { audit, clock, database } = options;
  const store = createScannerStore(database);
  let records = await store.all();
  const recordOf = (device: DeviceKey): ScannerRecord | null => records.find((known) => isSame(known, device)) ?? null;
  const enrolled = (): readonly ScannerRecord[] => records.filter(({ enrolledAt }) => enrolledAt !== null);

  async function keep(
    actor: string,
    code: 'scanner-enrolled' | 'scanner-withdrawn' | 'scanner-named',
    record: ScannerRecord,
  ): Promise<void> {
    const { productId, serialNumber, vendorId } = record;
    await database.transaction(async () => {
      await store.save(record);
      await audit.append({ code, actor, reference: null, details: { vendorId, productId, serialNumber } });
    });
    records = await store.all();
  }

  return {
    enrolled,
    recordOf,
    isExempt: ({ isSimulated, serialNumber }) =>
      (isSimulated && options.isTraining) || (serialNumber === '' && options.areUnnumberedReadersAllowed),
    isEnrolled: (device) => enrolled().some((known) => isSame(known, device)),
    async enrol(actor, device) {
      const givenName = recordOf(device)?.givenName ?? null;
      await keep(actor, 'scanner-enrolled', {
        ...numbered(device),
        givenName,
        enrolledAt: new Date(clock.now()).toISOString(),
      });
    },
    async withdraw(actor, device) {
      const known = enrolled().find((record) => isSame(record, device));
      if (known === undefined) throw new Refusal('scanner.not-enrolled');
      await keep(actor, 'scanner-withdrawn', { ...known, enrolledAt: null });
    },
    async name(actor, device, givenName) {
      const enrolledAt = recordOf(device)?.enrolledAt ?? null;
      await keep(actor, 'scanner-named', { ...numbered(device), givenName, enrolledAt });
    },
  };
}

function isSame(one: DeviceKey, other: DeviceKey): boolean {
  return (
    one.vendorId === other.vendorId && one.productId === other.productId && one.serialNumber === other.serialNumber
  );
}

/** A device without a number of its own cannot be told from the next of its kind. */
function numbered({ productId, serialNumber, vendorId }: DeviceKey): DeviceKey {
  if (serialNumber === '') throw new Refusal('scanner.no-serial-number');
  return { vendorId, productId, serialNumber };
}
