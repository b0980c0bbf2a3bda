import type { Router } from '@orpc/server';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import type { StationContract } from '../../contract/station-contract.ts';
import type { DatabaseStatus } from '../../search/search-provider.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { UserStore } from '../../storage/user-store.ts';
import type { CheckDesk } from '../check/check-desk.ts';
import type { PackDesk } from '../desks/pack-desk.ts';
import type { PushDesk } from '../desks/push-desk.ts';
import type { ExportDesk } from '../desks/export-desk.ts';
import type { HealthDesk } from '../desks/health-desk.ts';
import type { LogDesk } from '../desks/log-desk.ts';
import type { ScannerRoom } from '../scanners/scanner-room.ts';
import type { SessionDesk } from '../desks/session-desk.ts';
import { settingOrigins } from '../desks/setting-origins.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import type { StatusBoard } from '../status-board.ts';
import type { UserDesk } from '../desks/user-desk.ts';
import type { DatabasesDesk } from '../databases/databases-desk.ts';
import type { GalleryDesk } from '../galleries/gallery-desk.ts';
import type { Clock, TechnicalLog } from '../platform.ts';
import { administrationRouter } from './administration-router.ts';
import { auditRouter } from './audit-router.ts';
import { checksRouter } from './checks-router.ts';
import { countsRouter } from './counts-router.ts';
import { type CallContext, createGate } from './gate.ts';
import { galleriesRouter } from './galleries-router.ts';
import { databasesRouter } from './databases-router.ts';
import { healthRouter } from './health-router.ts';
import { scannersRouter } from './scanners-router.ts';
import { sessionRouter } from './session-router.ts';
import { stationRouter } from './station-router.ts';
import { supervisionRouter } from './supervision-router.ts';

/** What a host serves: the whole contract, for calls that come with a connection. */
export type StationRouter = Router<StationContract, CallContext>;

export interface RouterParts {
  readonly log: TechnicalLog;
  readonly clock: Clock;
  readonly board: StatusBoard;
  readonly checks: CheckDesk;
  readonly sessions: SessionDesk;
  readonly room: ScannerRoom;
  readonly databaseStatus: (name: DatabaseName) => DatabaseStatus;
  readonly settings: SettingsDesk;
  readonly push: PushDesk;
  readonly packs: PackDesk;
  readonly users: UserDesk;
  readonly userStore: UserStore;
  readonly audit: AuditLog;
  readonly database: StationDatabase;
  readonly exports: ExportDesk;
  readonly health: HealthDesk;
  readonly technicalLog: LogDesk;
  readonly galleryDesk: GalleryDesk;
  readonly databasesDesk: DatabasesDesk;
}

/** Every procedure of the contract behind the one gate; the compiler refuses a missing one. */
export function createStationRouter(parts: RouterParts): StationRouter {
  const { audit, clock, log } = parts;
  const gate = createGate(log, (session) => {
    session.lastCallAtMs = clock.now();
  });
  return gate.router({
    station: stationRouter(gate, parts.board),
    session: sessionRouter(gate, parts.sessions),
    checks: checksRouter(gate, parts.checks),
    administration: administrationRouter(gate, {
      ...parts,
      originsOf: (names) => settingOrigins(names, parts.settings.fixedByPolicy, audit, parts.userStore),
    }),
    scanners: scannersRouter(gate, parts),
    counts: countsRouter(gate, parts),
    audit: auditRouter(gate, audit, parts.userStore, parts.exports, log),
    health: healthRouter(gate, parts.health, parts.technicalLog),
    supervision: supervisionRouter(gate, parts.checks, audit),
    galleries: galleriesRouter(gate, parts.galleryDesk),
    databases: databasesRouter(gate, parts.databasesDesk),
  });
}
