import { AuditFault } from '../audit/audit-fault.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { LogFault } from '../audit/verify-log.ts';

/** What the log can say about the power although nobody has touched it: told by `audit verify`, no reason not to start. */
const OF_THE_LAW: ReadonlySet<LogFault> = new Set([
  'search-without-grounds',
  'buffer-taken-twice',
  'receipt-missing',
  'receipt-twice',
  'receipt-of-nothing',
]);

/**
 * Refuses a start on a log that was altered since its last checkpoint: nothing is written after a row that does not fit,
 * so that whoever looks into it finds the log as it was left. Cost: at most a thousand events.
 * @throws AuditFault `audit.log-broken` with the first row that does not fit
 */
export async function refuseBrokenLog(audit: AuditLog): Promise<void> {
  const found = await audit.verifySinceCheckpoint();
  if (found.kind === 'whole' || OF_THE_LAW.has(found.reason)) return;
  throw new AuditFault('audit.log-broken', { firstBadSequence: found.firstBadSequence, reason: found.reason });
}
