import { access } from 'node:fs/promises';
import { z } from 'zod';
import { createAuditLog } from '../../audit/audit-log.ts';
import { openDatabase } from '../../storage/database.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import { createUserStore } from '../../storage/user-store.ts';
import { CountsFault } from '../counts-fault.ts';
import { createTally } from '../tally.ts';

/** What is asked of a correction: whose, of which month, why, and the differences, such as `ground/6B(a)=-1`. */
export const correctionAsked = z.object({
  db: z.string(),
  month: z.string(),
  user: z.string(),
  reason: z.enum(['entered-twice', 'entered-wrongly', 'training-check', 'database-restored']),
  differences: z.array(z.string().regex(/^[^=]+=[+-]?\d{1,6}$/)).min(1),
});

/**
 * Writes corrections as entries of their own, in the name of an administrator of that station; a closed month is delivered
 * again with the next revision. @throws CountsFault `counts.correction-refused` when the month would no longer add up
 */
export async function correctCounts(asked: z.infer<typeof correctionAsked>, nowMs: number): Promise<object> {
  await access(asked.db).catch((error: unknown) => {
    throw new StorageFault('storage.missing', {}, { cause: error });
  });
  await using database = await openDatabase({ filePath: asked.db });
  const user = await createUserStore(database).byUserName(asked.user);
  if (user === null || user.role !== 'administrator' || user.disabled) {
    throw new CountsFault('counts.correction-refused', { reason: 'not-an-administrator' });
  }
  const corrections = asked.differences.map((words) => {
    const [cell = '', difference = '0'] = words.split('=');
    return { month: asked.month, cell, difference: Number(difference), reason: asked.reason };
  });
  const tally = createTally(database, createAuditLog(database, { now: () => nowMs }));
  await tally.correct(corrections, user.id);
  return { month: asked.month, entries: corrections.length };
}
