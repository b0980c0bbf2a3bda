import { createHash, generateKeyPairSync } from 'node:crypto';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import type { AuditLog } from '../../../electron/audit/audit-log.ts';
import { signerOf } from '../../../electron/counts/station-key.ts';
import { createTally } from '../../../electron/counts/tally.ts';
import type { CheckToCount } from '../../../electron/counts/tally.ts';
import { createCheckStore } from '../../../electron/storage/check-store.ts';
import type { StationDatabase } from '../../../electron/storage/database.ts';
import { createUserStore } from '../../../electron/storage/user-store.ts';

/** The officer of every counting station in tests. */
export const TEST_OFFICER = '6f1c3f0a-7a51-4c0e-9f29-3b2f4a7f6d10';

/** A small generator of numbers below a bound, the same for the same seed. */
export function drawFrom(seed: number | string): (below: number) => number {
  let count = 0;
  return (below) => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32LE(0) % below;
  };
}

/** Randomness for a port that wants bytes, the same for the same seed. */
export function seededBytes(seed: number | string): { bytes(count: number): Uint8Array<ArrayBuffer> } {
  const draw = drawFrom(seed);
  return { bytes: (count) => Uint8Array.from({ length: count }, () => draw(256)) };
}

/** A check that has ended, as a test says it; what is not said is that of an ordinary check. */
export type TestCheck = Partial<Omit<CheckToCount, 'checkId' | 'reference' | 'endedAtMs'>> & {
  readonly endedAt: string;
};

/** A station reduced to its counting: users, checks, audit log, tally and a key. */
export interface CountingStation {
  readonly database: StationDatabase;
  readonly auditLog: AuditLog;
  readonly key: ReturnType<typeof signerOf>;
  /** Opens a check and counts its end. */
  count(check: TestCheck): Promise<void>;
}

/** Sets a counting station up in an empty database. */
export async function countingStation(database: StationDatabase, clock: { now(): number }): Promise<CountingStation> {
  const auditLog = createAuditLog(database, clock);
  const users = createUserStore(database);
  if ((await users.byId(TEST_OFFICER)) === null) {
    await users.add({
      id: TEST_OFFICER,
      userName: 'officer',
      displayName: 'Training officer',
      role: 'officer',
      passwordHash: 'none',
      mustChangePassword: false,
      failedAttempts: 0,
      lockedUntil: null,
      disabled: false,
    });
    await auditLog.append({ code: 'station-started', actor: null, reference: null, details: { version: '1.0.0' } });
  }
  const checks = createCheckStore(database);
  const tally = createTally(database, auditLog);
  let opened = 0;
  return {
    database,
    auditLog,
    key: signerOf(generateKeyPairSync('ed25519').privateKey),
    async count({ endedAt, ...said }) {
      opened += 1;
      const id = `check-${opened}`;
      const { reference } = await checks.open({ id, officerId: TEST_OFFICER, openedAt: endedAt });
      await tally.recordEndedCheck({
        ground: '6B(a)',
        ending: 'answered',
        answers: { police: 'no-match', immigration: 'no-match' },
        werePrintsUnusable: false,
        msToAnswers: 8_000,
        ethnicity: [],
        ...said,
        checkId: id,
        reference,
        endedAtMs: Date.parse(endedAt),
      });
    },
  };
}
