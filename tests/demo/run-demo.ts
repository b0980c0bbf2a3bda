import path from 'node:path';
import { createAuditLog } from '../../electron/audit/audit-log.ts';
import type { Role } from '../../electron/contract/session.ts';
import { isAllZero } from '../../electron/custody/zeroise.ts';
import { monthOf } from '../../electron/domain/counts/month.ts';
import { startLoopbackHost, type LoopbackHost } from '../../electron/hosts/loopback/loopback-host.ts';
import { systemClock } from '../../electron/station/system-clock.ts';
import { createCountStore } from '../../electron/storage/count-store.ts';
import { openForReading } from '../../electron/storage/database.ts';
import type { FingerVisit, FrameFeed } from '../../native-bridge/scanner/feed.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StationPage } from '../e2e/pages/station-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { Album } from './album.ts';
import { demoGalleries, expectedOf, type Expected } from './demo-galleries.ts';
import { startDemoGateway, type DemoGateway } from './demo-gateway.ts';
import type { DemoPerson } from './demo-people.ts';
import { pictureTheOtherRoles, walkOneCheck, type ShownCheck } from './walk-through.ts';

/** One check as it was expected, and as the page showed it. */
export interface DemoCheck extends ShownCheck {
  readonly person: number;
  readonly impression: number;
  readonly expected: Expected;
}

export interface DemoFigures {
  readonly checks: readonly DemoCheck[];
  /** Checks of which every buffer has exactly one receipt in the audit log. */
  readonly receipts: number;
  /** Buffers of ended checks that are not all zero. */
  readonly residualBuffers: number;
  readonly countsThisMonth: number;
  readonly auditVerified: boolean;
  /** Only with a gateway: transactions that it counted, and how many of them it searched more than once. */
  readonly gateway?: { readonly transactions: number; readonly duplicates: number };
}

export interface DemoOptions {
  readonly people: readonly DemoPerson[];
  /** Faults of the simulated scanner, as `npm start` takes them. */
  readonly faults: readonly string[];
  /** True when both databases are asked through the reference gateway, and the station's own galleries are empty. */
  readonly isThroughGateway: boolean;
  readonly dataFolder: string;
  readonly rendererFolder: string;
  readonly screenshotFolder: string;
  readonly version: string;
  readonly onProgress: (line: string) => void;
}

/** Buffers of each check, by their identifiers. */
type BuffersOfCheck = ReadonlyMap<string, SharedArrayBuffer>;

const OWN_PASSWORD = 'plain blue umbrella';
const VIEWPORT = { width: 1280, height: 900 };

/** A hand that is held out until another one is: whatever the scanner does, the same finger is there for it. */
interface HeldHand {
  readonly feed: FrameFeed;
  present(finger: FingerVisit): void;
}

function heldHand(): HeldHand {
  let held: FingerVisit = null;
  return { feed: () => Promise.resolve(held), present: (finger) => (held = finger) };
}

/** Checks every person with each later impression, through the screen, and then reads what the station has kept. */
export async function runDemo(options: DemoOptions): Promise<DemoFigures> {
  const taken = new Map<string, SharedArrayBuffer>();
  const glass = heldHand();
  const checks: DemoCheck[] = [];
  const buffers: BuffersOfCheck[] = [];
  let counted: Pick<DemoFigures, 'gateway'> = {};
  {
    await using scope = new AsyncDisposableStack();
    const gateway = options.isThroughGateway
      ? scope.use(await startDemoGateway(options.people, path.join(options.dataFolder, 'gateway')))
      : null;
    await using host = await startLoopbackHost({
      dataFolder: options.dataFolder,
      feedFolder: null,
      resolutionPpi: null,
      port: 0,
      people: 2,
      faults: options.faults,
      version: options.version,
      rendererFolder: options.rendererFolder,
      feed: glass.feed,
      trainingGalleries: demoGalleries(gateway === null ? options.people : []),
      ...(gateway !== null && { machinePolicy: gateway.machinePolicy }),
      custodyObserver: (bufferId, buffer) => taken.set(bufferId, buffer),
    });
    await host.station.galleriesSettled;
    for await (const check of checksOnScreen(host, glass, options)) {
      checks.push(check);
      buffers.push(new Map(taken));
      taken.clear();
    }
    if (gateway !== null) counted = { gateway: await countsOf(gateway) };
  }
  return { checks, ...(await readWhatWasKept(options.dataFolder, buffers)), ...counted };
}

async function countsOf(gateway: DemoGateway): Promise<NonNullable<DemoFigures['gateway']>> {
  const counted = await gateway.counted();
  return { transactions: counted.length, duplicates: counted.filter(({ searches }) => searches > 1).length };
}

async function* checksOnScreen(
  host: LoopbackHost,
  glass: HeldHand,
  options: DemoOptions,
): AsyncGenerator<DemoCheck, void, void> {
  const firstPassword = (role: Role) =>
    host.station.firstUsers.find(({ user }) => user.role === role)?.firstPassword ?? OWN_PASSWORD;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    const album = new Album(page, options.screenshotFolder);
    const signIn = new SignInPage(page);
    await signIn.open(host.address);
    await album.keep('sign-in');
    await signIn.signIn('officer', firstPassword('officer'), OWN_PASSWORD);
    for (const { impressions, person } of options.people) {
      for (const { impression, read } of impressions.slice(1)) {
        const shown = await walkOneCheck(page, album, await read(), (finger) => glass.present(finger));
        options.onProgress(
          `person ${person}, impression ${impression}: police ${shown.shown.police.answer}, ` +
            `immigration ${shown.shown.immigration.answer}`,
        );
        yield { person, impression, expected: expectedOf(person), ...shown };
      }
    }
    await new StationPage(page).signOut();
    await pictureTheOtherRoles(page, album, firstPassword, OWN_PASSWORD);
  } finally {
    await browser.close();
  }
}

/** Opens the database as an auditor would, after the station has closed it, and looks at every buffer once more. */
async function readWhatWasKept(
  dataFolder: string,
  checks: readonly BuffersOfCheck[],
): Promise<Omit<DemoFigures, 'checks'>> {
  await using database = await openForReading(path.join(dataFolder, 'ridgeway.sqlite'));
  const audit = createAuditLog(database, systemClock);
  const erased = new Map<string, number>();
  for (const event of await audit.search({ limit: Number.MAX_SAFE_INTEGER })) {
    if (event.code !== 'print-erased') continue;
    erased.set(event.details.bufferId, (erased.get(event.details.bufferId) ?? 0) + 1);
  }
  const month = monthOf(systemClock.now());
  const cells = await createCountStore(database).between(month, month);
  const all = checks.flatMap((buffers) => [...buffers.values()]);
  return {
    receipts: checks.filter((buffers) => buffers.size > 0 && [...buffers.keys()].every((id) => erased.get(id) === 1))
      .length,
    residualBuffers: all.filter((buffer) => !isAllZero(buffer)).length,
    countsThisMonth: cells.find(({ cell }) => cell === 'check')?.total ?? 0,
    auditVerified: (await audit.verify()).kind === 'whole',
  };
}
