import type { AuditLog } from '../../audit/audit-log.ts';
import type { CheckDesk } from '../check/check-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

/** What a sergeant sees of checks: how far the open ones are. Each one that is looked at is an event of the log. */
export function supervisionRouter(gate: Gate, desk: CheckDesk, audit: AuditLog) {
  return {
    openChecks: gate.supervision.openChecks.handler(async ({ context }) => {
      const open = [...desk.openChecks()];
      const actor = sessionOf(context).userId;
      await audit.appendAll(
        open.map(({ reference }) => ({
          code: 'check-viewed',
          actor,
          reference,
          details: { justification: 'supervision' },
        })),
      );
      return open;
    }),
  };
}
