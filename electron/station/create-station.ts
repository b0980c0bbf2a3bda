import { join } from 'node:path';
import { createSignInDesk } from '../access/sign-in.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { parsePolicy, parseSettingsFile } from '../config/load-config.ts';
import type { StationStatus } from '../contract/station.ts';
import { loadStationKey } from '../counts/station-key.ts';
import { createCountSync } from '../counts/sync.ts';
import { createTally } from '../counts/tally.ts';
import { openUpstreamFetch } from '../counts/upstream-fetch.ts';
import { createProbeCustody, type CustodyOptions } from '../custody/probe-custody.ts';
import { ETHNICITY_CHOICE } from '../domain/counts/stated-ethnicity.ts';
import { createCheckStore } from '../storage/check-store.ts';
import { openDatabase } from '../storage/database.ts';
import { createPersonalText } from '../storage/personal-text.ts';
import { createSettingsStore } from '../storage/settings-store.ts';
import { createUserStore } from '../storage/user-store.ts';
import { createCheckDesk } from './check/check-desk.ts';
import { createCheckRecords, type CheckRecords } from './check/check-records.ts';
import { createConnections } from './connections.ts';
import type { StationConnection } from './connection.ts';
import { endInterruptedChecks } from './check/end-interrupted.ts';
import { addFirstUsers } from './first-users.ts';
import { makeDatabases } from './databases/make-databases.ts';
import { createGrantBook } from './check/grant.ts';
import { startDailyWork } from './daily-work.ts';
import { loadPersonalTextKey } from './personal-text-key.ts';
import { createExportDesk } from './desks/export-desk.ts';
import { createHealthDesk } from './desks/health-desk.ts';
import { createLogDesk } from './desks/log-desk.ts';
import { createPackDesk } from './desks/pack-desk.ts';
import type { Devices, Platform } from './platform.ts';
import { createPushDesk } from './desks/push-desk.ts';
import { createStationRouter, type StationRouter } from './router/router.ts';
import { refuseBrokenLog } from './refuse-broken-log.ts';
import { refuseClockSetBack } from './refuse-clock-set-back.ts';
import { createScannerRoom } from './scanners/scanner-room.ts';
import { startScannerWatch } from './scanners/scanner-watch.ts';
import { createSessionDesk } from './desks/session-desk.ts';
import { createSettingsDesk } from './desks/settings-desk.ts';
import { createStatusBoard } from './status-board.ts';
import { createUserDesk, type FirstPassword } from './desks/user-desk.ts';

export interface StationOptions {
  /** Sees the records of checks when they are made: for the tests that alter them behind the station's back. */
  readonly recordsObserver?: (records: CheckRecords) => void;
  /** Sees every buffer that comes into custody: for tests and the demo. */
  readonly custodyObserver?: CustodyOptions['observer'];
}

/** Everything the main process does, in plain Node, whatever hosts it. */
export interface Station extends AsyncDisposable {
  /** Served by the host over its transport; each call needs a connection as its context. */
  readonly router: StationRouter;
  connect(): StationConnection;
  /** Users that this very start has made, with passwords that are shown once; empty on every later start. */
  readonly firstUsers: readonly FirstPassword[];
  /** Settles when both galleries are ready or known to be unavailable. */
  readonly galleriesSettled: Promise<void>;
  /** Calls back with each new status; the answer unsubscribes. */
  onStatus(listener: (status: StationStatus) => void): () => void;
  /** For the last moments of a process: zeroes every print without waiting for anything. */
  zeroiseEverythingNow(): void;
  /** Ends every check, erases every print, and closes what is open. Asked twice, it closes once. */
  close(): Promise<void>;
}

/**
 * Builds a station on a platform and its devices. It takes over neither: the host that made them disposes of them.
 * @throws StorageFault when the database cannot be opened, ConfigFault when the policy or the settings are wrong
 */
export async function createStation(
  platform: Platform,
  devices: Devices,
  options: StationOptions = {},
): Promise<Station> {
  const { clock, log, randomness } = platform;
  const policy = parsePolicy(platform.machinePolicy);
  const file = parseSettingsFile(platform.settingsFile);
  const database = await openDatabase({ filePath: join(platform.folders.data, 'ridgeway.sqlite') });
  const audit = createAuditLog(database, clock);
  const users = createUserStore(database);
  const settingsStore = createSettingsStore(database);
  const checkStore = createCheckStore(database);
  const announce = () => board.announce();
  const settings = await createSettingsDesk({
    database,
    store: settingsStore,
    audit,
    policy,
    file,
    onChange: announce,
  });
  const personalText = createPersonalText(await loadPersonalTextKey(platform), randomness);
  const records = createCheckRecords({
    database,
    checks: checkStore,
    audit,
    tally: createTally(database, audit),
    personalText,
  });
  options.recordsObserver?.(records);
  try {
    await refuseBrokenLog(audit);
    await refuseClockSetBack(audit, clock, policy.isEarlierClockAccepted === true);
  } catch (fault) {
    await database.close();
    throw fault;
  }
  await audit.append({ code: 'station-started', actor: null, reference: null, details: { version: platform.version } });
  await endInterruptedChecks({ checks: checkStore, records, audit, clock });

  const custody = createProbeCustody({
    now: () => clock.now(),
    uuid: () => randomness.uuid(),
    ...(options.custodyObserver !== undefined && { observer: options.custodyObserver }),
  });
  const room = await createScannerRoom({
    platform,
    devices,
    database,
    audit,
    custody,
    settings,
    policy,
    onChange: announce,
  });
  const scanners = room.desk;
  const databases = await makeDatabases({
    platform,
    devices,
    database,
    store: settingsStore,
    audit,
    settings,
    policy,
    onChange: announce,
  });
  const { providers, galleryDesk, databasesDesk } = databases;
  const checks = createCheckDesk(
    {
      clock,
      log,
      custody,
      matcher: devices.matcher,
      scanners,
      grants: createGrantBook(randomness),
      providers,
      settings: () => settings.settings(),
      checks: records,
      trainingHand: devices.trainingHand,
    },
    randomness,
  );
  const sessions = createSessionDesk({
    signIn: createSignInDesk({ users, now: () => clock.now() }),
    audit,
    checks,
    clock,
  });
  const connections = createConnections({
    clock,
    randomness,
    sessions,
    log,
    idleLockMinutes: () => settings.settings().idleLockMinutes,
  });
  const userDesk = createUserDesk({
    database,
    users,
    audit,
    randomness,
    onDisabled: (userId) => connections.signOutUser(userId),
  });
  const firstUsers = await addFirstUsers(userDesk, devices.trainingGalleries !== null);
  const upstream = policy.upstreamConnection === undefined ? null : await openUpstreamFetch(policy.upstreamConnection);
  const sync = createCountSync({
    database,
    auditLog: audit,
    key: await loadStationKey(settingsStore, platform),
    clock,
    randomness,
    fetch: upstream?.fetch ?? platform.fetch,
    choice: async () => {
      const { forceCode, stationCode } = settings.settings();
      return { ...settings.upstream(), force: forceCode, station: stationCode };
    },
  });
  const push = createPushDesk({ clock, log, sync, settings });
  const packs = createPackDesk({
    database,
    audit,
    clock,
    dataFolder: platform.folders.data,
    publisher: () => settings.settings().forceName,
  });
  const board = createStatusBoard(() => ({
    version: platform.version,
    stationName: settings.settings().stationName,
    isTraining: scanners.status().isSimulated,
    trainingFaults: [...(devices.trainingFaults ?? [])],
    scanner: scanners.status(),
    police: providers.police.status(),
    immigration: providers.immigration.status(),
    ethnicity: settings.settings().ethnicityPolicy === '' ? null : ETHNICITY_CHOICE,
    idleLockMinutes: settings.settings().idleLockMinutes,
    now: new Date(clock.now()).toISOString(),
  }));
  const router = createStationRouter({
    log,
    clock,
    board,
    checks,
    sessions,
    room,
    databaseStatus: (name) => providers[name].status(),
    settings,
    push,
    packs,
    users: userDesk,
    userStore: users,
    audit,
    database,
    exports: createExportDesk({ database, audit, clock, dataFolder: platform.folders.data }),
    health: createHealthDesk({ platform, devices, database }),
    technicalLog: createLogDesk(platform.folders.logs),
    galleryDesk,
    databasesDesk,
  });

  const dailyWork = await startDailyWork({
    database,
    checks: checkStore,
    audit,
    clock,
    log,
    retentionDays: () => settings.settings().personalTextRetentionDays,
    dataFolder: platform.folders.data,
    isBusy: () => custody.heldBuffers > 0,
  });
  const stopWatching = await startScannerWatch({
    source: room.source,
    scanners,
    clock,
    log,
    plugEvents: devices.plugEvents ?? null,
    onChange: announce,
  });
  const closing = new AbortController();
  const unsubscribe = platform.onEvent((event) => {
    connections.onPlatformEvent(event).catch((fault: unknown) => log.fault(`platform.${event}`, fault));
  });
  const galleriesSettled = galleryDesk.prepare(closing.signal).catch((fault: unknown) => {
    if (!closing.signal.aborted) log.fault('galleries', fault);
  });

  async function closeOnce(): Promise<void> {
    closing.abort();
    stopWatching();
    await dailyWork.stop();
    unsubscribe();
    await connections.closeAll('station-closing');
    await checks.endAll('station-closing');
    custody.zeroiseEverythingNow();
    await push.close();
    await room.statistics.settled();
    await upstream?.[Symbol.asyncDispose]();
    await galleriesSettled;
    await databases.close();
    await audit.append({ code: 'station-stopped', actor: null, reference: null, details: {} });
    await database.close();
  }
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= closeOnce());

  return {
    router,
    connect: () => connections.connect(),
    firstUsers,
    galleriesSettled,
    onStatus: (listener) => board.subscribe(listener),
    zeroiseEverythingNow: () => custody.zeroiseEverythingNow(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
