import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import type { FingerPosition, MatcherPool } from '../../native-bridge/matcher/matcher.ts';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { scriptedFeed } from '../../native-bridge/scanner/feed.ts';
import type { ImportedProfiles } from '../../native-bridge/scanner/imported-profiles.ts';
import type { PlugEvents } from '../../native-bridge/scanner/scanner-watch.ts';
import type { ScannerSource } from '../../native-bridge/scanner/scanner.ts';
import { createSimulatedSource, type SimulatedSource } from '../../native-bridge/scanner/simulated-source.ts';
import { fingerOfPerson } from '../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';
import type { CheckView } from '../../electron/contract/checks.ts';
import type { Role } from '../../electron/contract/session.ts';
import type { StationContract } from '../../electron/contract/station-contract.ts';
import { createNodePlatform, type NodePlatform } from '../../electron/hosts/loopback/node-platform.ts';
import type { CheckRecords } from '../../electron/station/check/check-records.ts';
import { createStation, type Station } from '../../electron/station/create-station.ts';
import type { StationConnection } from '../../electron/station/connection.ts';
import type { Clock, Devices, Platform } from '../../electron/station/platform.ts';
import { createTrainingGalleries } from '../../electron/training/training-galleries.ts';
import { TRAINING_RUN_SEED } from '../../electron/training/training-people.ts';

/** People in each gallery of a test station: enough for a search to mean something, few enough to make in a second. */
export const TEST_PEOPLE = 10;

/** Opens counted, closings seen: what a test asks whether the scanner was touched. */
export interface ScannerSpy {
  opened: number;
  lists: number;
}

export type StationClient = ContractRouterClient<StationContract>;

function clientOf(station: Station, connection: StationConnection): StationClient {
  return createRouterClient(station.router, { context: { connection } });
}

/** An impression of a training person's finger that no gallery holds. */
export function visit(personSeed: number, position: FingerPosition, impression = 500): GreyImage {
  return takeImpression(fingerOfPerson(TRAINING_RUN_SEED, personSeed, position), impression);
}

export interface TestStation extends AsyncDisposable {
  readonly station: Station;
  readonly platform: NodePlatform;
  readonly dataFolder: string;
  readonly scanner: SimulatedSource;
  readonly spy: ScannerSpy;
  /** The station's own records of checks, for what must be noticed when somebody alters them. */
  readonly records: CheckRecords;
  /** Every buffer that ever came into custody. */
  readonly buffers: Map<string, SharedArrayBuffer>;
  readonly password: (role: Role) => string;
  present(image: GreyImage | null): void;
  connect(): { readonly client: StationClient; readonly connection: StationConnection };
  /** Signs in and gets past the change of the first password. */
  signIn(role: Role): Promise<{ readonly client: StationClient; readonly connection: StationConnection }>;
}

export interface TestStationOptions {
  readonly dataFolder?: string;
  readonly clock?: Clock;
  readonly platform?: Partial<Platform>;
  readonly faults?: Parameters<typeof createSimulatedSource>[0]['faults'];
  /** Instead of the simulated scanner alone, which it is given. */
  readonly scanners?: (simulated: ScannerSource) => ScannerSource;
  /** Null: nothing is told, the station looks now and then. The simulated scanner's own events unless said. */
  readonly plugEvents?: PlugEvents | null;
  /** Shared with a source that looks for profiles that were imported. */
  readonly importedProfiles?: ImportedProfiles;
  /** True: udev gives the permission to open devices. */
  readonly hasUdev?: boolean;
  /** People in each gallery, `TEST_PEOPLE` unless said. */
  readonly people?: number;
  /** Stands between the station and the real pool: for what happens when it fails. */
  readonly matcher?: (pool: MatcherPool) => MatcherPool;
  /** False leaves the galleries unmade. */
  readonly withGalleries?: boolean;
}

function spied(source: ScannerSource, spy: ScannerSpy): ScannerSource {
  return {
    list(signal) {
      spy.lists += 1;
      return source.list(signal);
    },
    open(path, signal) {
      spy.opened += 1;
      return source.open(path, signal);
    },
  };
}

const NEW_PASSWORD = 'plain blue umbrella';

/** A whole station in this process: the real scanner driver over the simulated device, the real matcher, a real database. */
export async function startTestStation(options: TestStationOptions = {}): Promise<TestStation> {
  await using scope = new AsyncDisposableStack();
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'ridgeway-test-')));
  if (options.dataFolder === undefined) scope.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const made = await createNodePlatform({
    dataFolder,
    version: '0.0.0-test',
    machinePolicy: null,
    logger: pino({ level: process.env['RIDGEWAY_TEST_LOG'] ?? 'silent' }),
  });
  const platform: NodePlatform = {
    ...made,
    ...options.platform,
    ...(options.clock !== undefined && { clock: options.clock }),
  };
  const { feed, present } = scriptedFeed();
  const scanner = createSimulatedSource({ feed, faults: options.faults ?? [] });
  const spy: ScannerSpy = { opened: 0, lists: 0 };
  const watched = spied(scanner, spy);
  const buffers = new Map<string, SharedArrayBuffer>();
  const seenRecords: CheckRecords[] = [];
  const threads = availableParallelism();
  const devices: Devices = {
    scanners: options.scanners?.(watched) ?? watched,
    plugEvents: options.plugEvents === undefined ? scanner.plugEvents : options.plugEvents,
    hasUdev: options.hasUdev === true,
    ...(options.importedProfiles !== undefined && { importedProfiles: options.importedProfiles }),
    matcher: (options.matcher ?? ((pool) => pool))(scope.use(createMatcherPool({ threads }))),
    trainingGalleries:
      options.withGalleries === false
        ? { build: () => Promise.resolve() }
        : createTrainingGalleries({ people: options.people ?? TEST_PEOPLE, threads, clock: platform.clock }),
    trainingHand: null,
  };
  const station = scope.use(
    await createStation(platform, devices, {
      custodyObserver: (bufferId, buffer) => buffers.set(bufferId, buffer),
      recordsObserver: (made) => seenRecords.push(made),
    }),
  );
  if (options.withGalleries !== false) await station.galleriesSettled;
  const [records] = seenRecords;
  if (records === undefined) throw new Error('the station made no records');
  const passwords = new Map(station.firstUsers.map(({ firstPassword, user }) => [user.role, firstPassword]));
  const password = (role: Role) => passwords.get(role) ?? NEW_PASSWORD;
  const connect = () => {
    const connection = station.connect();
    return { client: clientOf(station, connection), connection };
  };
  const owned = scope.move();
  return {
    station,
    platform,
    dataFolder,
    scanner,
    spy,
    records,
    buffers,
    password,
    present,
    connect,
    async signIn(role) {
      const connected = connect();
      const userName = role === 'administrator' ? 'admin' : role;
      const session = await connected.client.session.signIn({ userName, password: password(role) });
      if (session.mustChangePassword) {
        await connected.client.session.changePassword({ present: password(role), wanted: NEW_PASSWORD });
        passwords.set(role, NEW_PASSWORD);
      }
      return connected;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Follows a check until its view is as wanted, and gives that view. */
export async function until<Wanted extends CheckView>(
  client: StationClient,
  checkId: string,
  isWanted: (view: CheckView) => view is Wanted,
): Promise<Wanted> {
  for await (const view of await client.checks.watch({ checkId })) if (isWanted(view)) return view;
  throw new Error('the check ended before its view was as wanted');
}
