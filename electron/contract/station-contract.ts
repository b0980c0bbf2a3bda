import { administrationContract } from './administration.ts';
import { auditContract } from './audit.ts';
import { checksContract } from './check-procedures.ts';
import { countsContract } from './counts.ts';
import { databasesContract } from './databases.ts';
import { healthContract } from './health.ts';
import { scannersContract } from './scanners.ts';
import { galleriesContract } from './galleries.ts';
import { sessionContract } from './session.ts';
import { stationContract as statusContract } from './station.ts';
import { supervisionContract } from './supervision.ts';

/** The groups of the contract; written out, because the compiler will not write a type of this length by itself. */
export type StationContract = {
  readonly station: typeof statusContract;
  readonly session: typeof sessionContract;
  readonly checks: typeof checksContract;
  readonly administration: typeof administrationContract;
  readonly scanners: typeof scannersContract;
  readonly counts: typeof countsContract;
  readonly audit: typeof auditContract;
  readonly health: typeof healthContract;
  readonly supervision: typeof supervisionContract;
  readonly galleries: typeof galleriesContract;
  readonly databases: typeof databasesContract;
};

/** Everything that the renderer can ask of a station: strict on inputs and outputs, with no way to carry a print. */
export const stationContract: StationContract = {
  station: statusContract,
  session: sessionContract,
  checks: checksContract,
  administration: administrationContract,
  scanners: scannersContract,
  counts: countsContract,
  audit: auditContract,
  health: healthContract,
  supervision: supervisionContract,
  galleries: galleriesContract,
  databases: databasesContract,
};
