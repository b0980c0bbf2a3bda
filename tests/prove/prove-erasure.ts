/**
 * Proves that prints vanish: walks checks through a real browser with marked prints, leaves each by another way, and
 * searches the memory of every process of the station and of the browser, and every file, for 32 bytes of them.
 * First it must find them, and find none in the browser; one second after the way out it must find nothing.
 *
 *   npm run prove:erasure [-- --only WORDS]
 */
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright';
import { ClosedPage } from '../e2e/pages/closed-page.ts';
import { InterruptedPage } from '../e2e/pages/interrupted-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StationPage } from '../e2e/pages/station-page.ts';
import { GatewayProcess } from '../gateway/gateway-process.ts';
import { launchChromium } from '../support/chromium.ts';
import { GATEWAY_SETTINGS, GATEWAY_WAYS_OUT } from './erasure/gateway-ways.ts';
import type { MarkedFinger } from './erasure/marked-finger.ts';
import type { NeedleIndex } from './erasure/needle-index.ts';
import { isUsable, needlesOf } from './erasure/needles.ts';
import type { OneCheck } from './erasure/officer-at-work.ts';
import { processTree, searchMemory, type MemoryFinding } from './erasure/process-memory.ts';
import { ProvedStation } from './erasure/proved-station.ts';
import { searchFiles } from './erasure/search-files.ts';
import { WAYS_OUT, type WayOut } from './erasure/ways-out.ts';

/** How long after the way out the prints must be gone, milliseconds. Source: issue 5, shown by 1. */
const GRACE_MS = 1_000;
/** People whom no gallery of the station holds, so that nothing of theirs can be there for another reason. */
const FIRST_STRANGER = 5_000;
const OWN_PASSWORD = 'plain blue umbrella';
const RENDERER = path.resolve(import.meta.dirname, '../../.out/renderer');

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const isWanted = ({ name }: WayOut) => values.only === undefined || name.includes(values.only);

const root = mkdtempSync(path.join(tmpdir(), 'ridgeway-prove-'));
const folders = { data: path.join(root, 'data'), temporary: path.join(root, 'tmp') };
// Not among those that are looked at: the other side has the prints, and may.
const gatewayFolder = path.join(root, 'gateway');
mkdirSync(folders.temporary);
// Whatever the station or the browser wants to put aside lies where it is looked at.
process.env['TMPDIR'] = folders.temporary;

interface Looked {
  readonly station: MemoryFinding;
  readonly browser: MemoryFinding;
  readonly fileHits: number;
}

function look({ gateway, station }: OneCheck, index: NeedleIndex): Looked {
  const ofStation = processTree(station.pid);
  const ofGateway = gateway === null ? [] : processTree(gateway.pid);
  const others = [process.pid, ...ofStation, ...ofGateway];
  const ofBrowser = processTree(process.pid).filter((pid) => !others.includes(pid));
  const files = searchFiles(Object.values(folders), index);
  for (const hit of files.hits.slice(0, 5)) console.error(`    in the file ${hit.file}: ${hit.length} of ${hit.name}`);
  return {
    station: searchMemory(ofStation, index),
    browser: searchMemory(ofBrowser, index),
    fileHits: files.hits.length,
  };
}

function tell(finding: MemoryFinding): void {
  for (const { name, length, from, at, process, mapping } of finding.hits.slice(0, 8)) {
    const where = `${process} ${mapping === '' ? 'anonymous memory' : mapping} at ${at.toString(16)}`;
    console.error(`    ${length} bytes of ${name} from ${from} in ${where}`);
  }
}

/** The two fingers of strangers, somebody else in each round. */
function* strangers(): Generator<[MarkedFinger, MarkedFinger], never> {
  for (let personSeed = FIRST_STRANGER; ; personSeed += 1) {
    const who = { personSeed, markerSeed: personSeed };
    const fingers: [MarkedFinger, MarkedFinger] = [
      { ...who, position: 2 },
      { ...who, position: 7 },
    ];
    if (fingers.every(isUsable)) yield fingers;
  }
}

async function signedInPage(browser: Browser, station: ProvedStation, isFirst: boolean): Promise<Page> {
  const context = browser.contexts()[0] ?? (await browser.newContext());
  const page = await context.newPage();
  const signIn = new SignInPage(page);
  await signIn.open(isFirst ? station.ready.address : new URL(station.ready.address).origin);
  await signIn.signIn('officer', isFirst ? station.ready.officerPassword : OWN_PASSWORD, OWN_PASSWORD);
  return page;
}

/** Brings the page back to the officer's home page, whatever the way out has made of it. */
async function comeBack(browser: Browser, station: ProvedStation, page: Page, way: WayOut): Promise<Page> {
  switch (way.after) {
    case 'closed': {
      const next = await signedInPage(browser, station, false);
      await endWhatWaits(next);
      return next;
    }
    case 'signed-out':
      break;
    case 'locked':
      await new StationPage(page).unlock(OWN_PASSWORD);
      await endWhatWaits(page);
      await new StationPage(page).signOut();
      break;
    default:
      await new StationPage(page).signOut();
  }
  await new SignInPage(page).signIn('officer', OWN_PASSWORD);
  if (way.after !== 'locked') await endWhatWaits(page);
  return page;
}

/** Ends the check that an interruption has left open, if there is one, so that the next way out begins anew. */
async function endWhatWaits(page: Page): Promise<void> {
  const heading = await new StationPage(page).heading.innerText();
  if (heading !== 'This check was interrupted') return;
  await new InterruptedPage(page).endTheCheck();
  await new ClosedPage(page).finish();
}

interface Proved {
  readonly way: string;
  readonly foundBefore: Readonly<Record<string, number>>;
  readonly browserBefore: number;
  readonly after: number;
  readonly megabytesRead: number;
  readonly isProved: boolean;
}

async function proveOne(way: WayOut, check: OneCheck, index: NeedleIndex): Promise<Proved> {
  const baseline = look(check, index);
  await way.reach(check);
  const before = look(check, index);
  await way.leave(check);
  await pause(GRACE_MS);
  const after = look(check, index);
  tell(before.browser);
  tell(after.station);
  tell(after.browser);
  const foundBefore = Object.fromEntries(
    ['image', 'template', 'prepared', 'filter', 'wsq'].map((wanted) => [
      wanted,
      before.station.hits.filter(({ name }) => name === wanted).length,
    ]),
  );
  const remaining = after.station.hits.length + after.browser.hits.length + after.fileHits + before.fileHits;
  const wasFound = (way.findsFirst ?? ['image', 'template']).every((name) => (foundBefore[name] ?? 0) > 0);
  const wasClean = baseline.station.hits.length + baseline.browser.hits.length + baseline.fileHits === 0;
  return {
    way: way.name,
    foundBefore,
    browserBefore: before.browser.hits.length,
    after: remaining,
    megabytesRead: Math.round((after.station.bytesRead + after.browser.bytesRead) / 1e6),
    isProved: wasClean && wasFound && before.browser.hits.length === 0 && remaining === 0,
  };
}

/** The databases of a station that asks that gateway for both. */
function policyOf({ ready }: GatewayProcess): unknown {
  const { addresses, authorityFile, stations } = ready;
  const database = { provider: 'gateway', gatewayAddress: addresses.good, authorityFile, ...stations.good };
  return { settings: GATEWAY_SETTINGS, databases: { police: database, immigration: database } };
}

/** Walks the ways out of one station: with its own galleries, or with the gateway. */
async function prove(ways: readonly WayOut[], gateway: GatewayProcess | null): Promise<readonly Proved[]> {
  if (ways.length === 0) return [];
  rmSync(folders.data, { recursive: true, force: true });
  mkdirSync(folders.data);
  const policy = gateway === null ? null : policyOf(gateway);
  await using station = await ProvedStation.start(folders.data, RENDERER, folders.temporary, policy);
  const browser = await launchChromium();
  const proved: Proved[] = [];
  try {
    let page = await signedInPage(browser, station, true);
    for (const way of ways) {
      const fingers = visitors.next().value;
      const check = { station, page, fingers, gateway };
      const index = needlesOf(fingers);
      const one = await proveOne(way, check, index);
      index.clear();
      proved.push(one);
      console.error(
        `${one.isProved ? 'proved' : 'NOT PROVED'}: ${one.way} — found first: image ${one.foundBefore['image']}, ` +
          `template ${one.foundBefore['template']}; in the browser ${one.browserBefore}; after: ${one.after} ` +
          `(${one.megabytesRead} MB of memory read)`,
      );
      if (way.after === 'killed') return proved;
      page = await comeBack(browser, station, page, way);
    }
    await station.tell({ do: 'close' });
  } finally {
    await browser.close();
  }
  return proved;
}

/** Every way out, of a station with galleries and then of one with gateways. */
async function proveAll(): Promise<readonly Proved[]> {
  const withGalleries = await prove(WAYS_OUT.filter(isWanted), null);
  const gatewayWays = GATEWAY_WAYS_OUT.filter(isWanted);
  if (gatewayWays.length === 0) return withGalleries;
  await using gateway = await GatewayProcess.start(['--people', '20', '--certificates', gatewayFolder]);
  return [...withGalleries, ...(await prove(gatewayWays, gateway))];
}

const visitors = strangers();
try {
  const proved = await proveAll();
  console.log(
    JSON.stringify({ waysOut: proved.length, proved: proved.filter(({ isProved }) => isProved).length, ways: proved }),
  );
  process.exitCode = proved.length > 0 && proved.every(({ isProved }) => isProved) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}
