import { StationError } from '../domain/station-error.ts';

/** Every way in which the station's database can refuse, and nothing else. */
export type StorageFaultCode =
  | 'storage.not-a-database'
  | 'storage.corrupted'
  | 'storage.in-use'
  | 'storage.newer-schema'
  | 'storage.read-only'
  | 'storage.disk-full'
  | 'storage.append-only'
  | 'storage.conflict'
  | 'storage.missing'
  | 'storage.failed';

/** A refusal of the database, with figures that hold neither a value of a row nor a path. */
export class StorageFault extends StationError {
  readonly code: StorageFaultCode;

  constructor(code: StorageFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}

/** SQLite's result names, and what each means for the person in front of the station. Source: sqlite.org/rescode.html. */
const CODES: readonly (readonly [string, StorageFaultCode])[] = [
  ['SQLITE_NOTADB', 'storage.not-a-database'],
  ['SQLITE_CORRUPT', 'storage.corrupted'],
  ['SQLITE_BUSY', 'storage.in-use'],
  ['SQLITE_LOCKED', 'storage.in-use'],
  ['SQLITE_READONLY', 'storage.read-only'],
  ['SQLITE_CANTOPEN', 'storage.read-only'],
  ['SQLITE_PERM', 'storage.read-only'],
  ['SQLITE_FULL', 'storage.disk-full'],
  ['SQLITE_CONSTRAINT', 'storage.conflict'],
];

/**
 * Turns whatever the driver threw into a `StorageFault`; a StationError passes unchanged. The driver's message is not
 * copied, because it may repeat a value, but it stays reachable as the cause.
 */
export function storageFaultFrom(error: unknown): Error {
  if (error instanceof StationError) return error;
  if (!(error instanceof Error)) return new StorageFault('storage.failed', {}, { cause: error });
  const driverCode = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (driverCode === '') return error;
  if (error.message.includes('append-only')) return new StorageFault('storage.append-only', {}, { cause: error });
  const known = CODES.find(([prefix]) => driverCode.startsWith(prefix));
  return new StorageFault(known?.[1] ?? 'storage.failed', { driverCode }, { cause: error });
}
