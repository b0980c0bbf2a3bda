import type { AuditLog } from '../audit/audit-log.ts';
import { StationError } from '../domain/station-error.ts';
import type { Clock } from './platform.ts';

/** How far the clock may lie before the last event of the log, milliseconds: what time servers correct. Ours. */
const TOLERANCE_MS = 5 * 60_000;

/** The computer's clock stands before the last event of the log: every moment that would be written would be wrong. */
export class ClockFault extends StationError {
  override readonly name = 'ClockFault';
  readonly code = 'station.clock-set-back';

  constructor(figures: Readonly<Record<string, number | string>>) {
    super('station.clock-set-back', figures);
  }
}

/**
 * Refuses a start on a clock that was set back; nothing is written, so that the data stays as it is. `isAccepted`: the
 * machine policy says that an earlier start ran on a clock that was ahead.
 * @throws ClockFault
 */
export async function refuseClockSetBack(
  audit: AuditLog,
  clock: Pick<Clock, 'now'>,
  isAccepted: boolean,
): Promise<void> {
  const [last] = await audit.search({ limit: 1 });
  if (last === undefined || isAccepted) return;
  const behindMs = Date.parse(last.at) - clock.now();
  if (behindMs > TOLERANCE_MS) throw new ClockFault({ behindMs, lastEvent: last.sequence });
}
