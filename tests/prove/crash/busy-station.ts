/**
 * A station under load, to be killed at any moment: one officer takes prints and searches, two others open checks and
 * end them as fast as the database takes it. Each end is written to the output once the station has answered.
 *
 *   node tests/prove/crash/busy-station.ts DATA_FOLDER work|stop
 */
import { writeSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import type { Role } from '../../../electron/contract/session.ts';
import { SPOKEN_WORDS } from '../../../electron/contract/grounds.ts';
import { createNodePlatform } from '../../../electron/hosts/loopback/node-platform.ts';
import { createStation, type Station } from '../../../electron/station/create-station.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';
import { createTrainingGalleries } from '../../../electron/training/training-galleries.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import type { ScannerClock } from '../../../native-bridge/scanner/clock.ts';
import { clearedAfterwards } from '../../../native-bridge/scanner/feed.ts';
import { createSimulatedSource } from '../../../native-bridge/scanner/simulated-source.ts';
import { isAt } from '../../support/officer.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';
import { until, type StationClient } from '../../support/test-station.ts';
import { markedFinger } from '../erasure/marked-finger.ts';
import { CRASH_FINGERS, type Acknowledged } from './crash-fingers.ts';

/** People in each gallery. */
const PEOPLE = 4;
/** How much faster the scanner's time runs: what is proved is the station, not the officer's patience. */
const HASTE = 12;

const [dataFolder = '', task = 'work'] = process.argv.slice(2);

const hastyClock: ScannerClock = {
  now: () => performance.now() * HASTE,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs / HASTE);
    return () => clearTimeout(timer);
  },
};

let turn = 0;
const platform = await createNodePlatform({
  dataFolder,
  version: '0.0.0-proof',
  machinePolicy: null,
  logger: pino({ level: 'silent' }),
});
const station = await createStation(platform, {
  scanners: createSimulatedSource({
    clock: hastyClock,
    feed: clearedAfterwards(() => {
      turn += 1;
      return Promise.resolve(markedFinger(CRASH_FINGERS[turn % CRASH_FINGERS.length]!));
    }),
  }),
  matcher: createMatcherPool({ threads: 1 }),
  trainingGalleries: createTrainingGalleries({ people: PEOPLE, threads: 1, clock: systemClock }),
  trainingHand: null,
});
await station.galleriesSettled;

/** A client of somebody whose password needs not be proved here. */
function clientOf(to: Station, userId: string, role: Role): StationClient {
  const connection = to.connect();
  connection.session = {
    userId,
    userName: role,
    displayName: role,
    role,
    signedInAtMs: Date.now(),
    mustChangePassword: false,
    isLocked: false,
    lastCallAtMs: Date.now(),
  };
  return createRouterClient(to.router, { context: { connection } });
}

async function officers(): Promise<readonly StationClient[]> {
  const administrator = clientOf(station, '00000000-0000-4000-8000-000000000000', 'administrator');
  const users = await administrator.administration.users({});
  const ids = users.filter(({ role }) => role === 'officer').map(({ userId }) => userId);
  return ids.map((userId) => clientOf(station, userId, 'officer'));
}

async function hireTwoMore(): Promise<void> {
  const actor = station.firstUsers.find(({ user }) => user.role === 'administrator')?.user.userId ?? '';
  const administrator = clientOf(station, actor, 'administrator');
  for (const userName of ['second', 'third']) {
    await administrator.administration.createUser({ userName, displayName: userName, role: 'officer' });
  }
}

function acknowledge(ended: Acknowledged): void {
  writeSync(1, `${JSON.stringify(ended)}\n`);
}

async function reachCapture(client: StationClient) {
  const { checkId, reference } = await client.checks.begin({});
  await client.checks.recordGrounds({ checkId, grounds: soundGrounds() });
  for (const word of SPOKEN_WORDS) await client.checks.confirmSpoken({ checkId, word });
  const view = await client.checks.proceedToCapture({ checkId });
  if (view.stage !== 'capture') throw new Error(`the check is at ${view.stage}`);
  return { checkId, reference, grantId: view.grantId };
}

async function searchOneAfterAnother(client: StationClient): Promise<never> {
  for (;;) {
    const { checkId, grantId, reference } = await reachCapture(client);
    for (const [index, slot] of (['first', 'second'] as const).entries()) {
      await client.checks.capture({ checkId, grantId, slot, position: slot === 'first' ? 2 : 7 });
      await until(client, checkId, (view): view is Extract<typeof view, { stage: 'capture' }> => {
        if (view.stage !== 'capture') return false;
        const { kind } = view.fingers[index === 0 ? 0 : 1].state;
        return kind === 'captured' || kind === 'failed';
      });
    }
    await client.checks.search({ checkId, grantId, whyBelowThreshold: 'a proof' });
    await until(client, checkId, isAt('results'));
    await client.checks.close({ checkId });
    acknowledge({ reference, ending: 'answered' });
  }
}

async function declineOneAfterAnother(client: StationClient): Promise<never> {
  for (;;) {
    const { checkId, reference } = await reachCapture(client);
    await client.checks.end({ checkId, why: 'declined' });
    acknowledge({ reference, ending: 'declined' });
  }
}

if (task === 'stop') {
  await station.close();
  process.exit(0);
}
if (station.firstUsers.length > 0) await hireTwoMore();
const [one, ...others] = await officers();
writeSync(1, '"ready"\n');
await Promise.all([one === undefined ? null : searchOneAfterAnother(one), ...others.map(declineOneAfterAnother)]);
