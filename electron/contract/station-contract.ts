import { administrationContract } from './administration.ts';
import { auditContract } from './audit.ts';
import { checksContract } from './check-procedures.ts';
import { countsContract } from './counts.ts';
import { healthContract } from './health.ts';
import { sessionContract } from './session.ts';
import { stationContract as statusContract } from './station.ts';
import { supervisionContract } from './supervision.ts';

/** Everything that the renderer can ask of a station: strict on inputs and outputs, with no way to carry a print. */
export const stationContract = {
  station: statusContract,
  session: sessionContract,
  checks: checksContract,
  administration: administrationContract,
  counts: countsContract,
  audit: auditContract,
  health: healthContract,
  supervision: supervisionContract,
};
export type StationContract = typeof stationContract;
