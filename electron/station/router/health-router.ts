import type { HealthDesk } from '../desks/health-desk.ts';
import type { LogDesk } from '../desks/log-desk.ts';
import type { Gate } from './gate.ts';

/** The administrator's look at the station itself: its self-test and its technical log. */
export function healthRouter(gate: Gate, health: HealthDesk, log: LogDesk) {
  return {
    selfTest: gate.health.selfTest.handler(({ signal }) => health.selfTest(signal)),
    logLines: gate.health.logLines.handler(({ input }) => log.lines(input)),
  };
}
