/**
 * How fast and how fresh the live map is on the officer's screen: the real driver over the simulated device, the whole
 * station, the contract over its socket, and a real Chromium, all on this computer and under one clock.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { Page } from 'playwright';
import { z } from 'zod';
import { buildRenderer } from '../../build/build-renderer.ts';
import { startLoopbackHost } from '../../electron/hosts/loopback/loopback-host.ts';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { CapturePage } from '../e2e/pages/capture-page.ts';
import { OfficerHomePage } from '../e2e/pages/officer-home-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { ridgeImage } from '../native-bridge/scanner/ridge-image.ts';
import { launchChromium } from '../support/chromium.ts';
import { reachCapture } from '../support/officer.ts';
import type { StationClient } from '../support/test-station.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const PASSWORD = 'plain blue umbrella';
/** Frames that the finger moves on: at 25 a second it never lies still, and is taken after 2.4 s at the latest. */
const FRAMES = 50;

/** What was measured of one capture. Milliseconds lie between the finger on the glass and the map on the screen. */
export interface PreviewFigures {
  /** Maps of different moments, a second. */
  readonly mapsPerSecond: number;
  /** Moments of the finger on the glass, and how many of them were painted: newer ones overtake what is not painted yet. */
  readonly moments: number;
  readonly shown: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly mostMs: number;
}

/** Middles of the finger, one after the other, as shares of the glass: no two that follow each other are alike. */
const MIDDLES = [
  { x: 0.38, y: 0.38 },
  { x: 0.6, y: 0.5 },
  { x: 0.38, y: 0.62 },
  { x: 0.6, y: 0.38 },
  { x: 0.38, y: 0.5 },
  { x: 0.6, y: 0.62 },
] as const;

/** A finger that moves from frame to frame, so that each map tells which moment it shows. */
function movingFinger(): GreyImage[] {
  const places = MIDDLES.map(({ x, y }) =>
    ridgeImage({ middleX: 500 * x, middleY: 500 * y, radiusX: 90, radiusY: 110 }),
  );
  return Array.from({ length: FRAMES }, (_, frame) => places[frame % places.length] ?? ridgeImage());
}

/** An image that tells when the glass takes it up: when its pixels are read for the first time. */
function toldWhenSeen(image: GreyImage, onSeen: () => void): GreyImage {
  let isSeen = false;
  const { widthPx, heightPx, resolutionPpi, pixels } = image;
  return {
    widthPx,
    heightPx,
    resolutionPpi,
    get pixels() {
      if (!isSeen) onSeen();
      isSeen = true;
      return pixels;
    },
  };
}

/** A map as it was painted: when, and where the middle of the finger is in it, as shares of the map. */
const paintedMap = z.object({ atMs: z.number(), x: z.number(), y: z.number() });
type PaintedMap = z.infer<typeof paintedMap>;

/** Notes each map that is painted. */
async function watchTheMap(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: { atMs: number; x: number; y: number }[] = [];
    Object.assign(globalThis, { paintedMaps: painted });
    const map = document.querySelector<SVGSVGElement>('[data-slot=first] .placement-map');
    if (map === null) return;
    const note = (): void => {
      let [weight, x, y] = [0, 0, 0];
      for (const cell of map.querySelectorAll('rect')) {
        const strength = Number(/--(\d)$/.exec(cell.getAttribute('class') ?? '')?.[1]);
        weight += strength;
        x += strength * Number(cell.getAttribute('x'));
        y += strength * Number(cell.getAttribute('y'));
      }
      const { height, width } = map.viewBox.baseVal;
      if (weight > 0) painted.push({ atMs: Date.now(), x: x / weight / width, y: y / weight / height });
    };
    new MutationObserver(() => requestAnimationFrame(note)).observe(map, { subtree: true, attributes: true });
  });
}

/** Measures one capture of a moving finger on the officer's page. */
export async function measurePreviewOnScreen(): Promise<PreviewFigures> {
  await buildRenderer(PROJECT);
  const dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-preview-'));
  const seenAtMs: number[] = [];
  const visit = movingFinger().map((image) => toldWhenSeen(image, () => seenAtMs.push(Date.now())));
  const browser = await launchChromium();
  try {
    await using host = await startLoopbackHost({
      dataFolder,
      feedFolder: null,
      resolutionPpi: null,
      port: 0,
      people: 2,
      faults: [],
      version: '0.0.0-bench',
      rendererFolder: join(PROJECT, '.out/renderer'),
      feed: () => Promise.resolve(visit),
      trainingGalleries: { build: () => Promise.resolve() },
    });
    const { station } = host;
    const first = station.firstUsers.find(({ user }) => user.role === 'officer')?.firstPassword ?? '';
    const client: StationClient = createRouterClient(station.router, { context: { connection: station.connect() } });
    await client.session.signIn({ userName: 'officer', password: first });
    await client.session.changePassword({ present: first, wanted: PASSWORD });
    await reachCapture(client);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await new SignInPage(page).open(host.address);
    await new SignInPage(page).signIn('officer', PASSWORD);
    await new OfficerHomePage(page).goOnWithTheOpenCheck();
    await page.locator('[data-slot=first] .placement-map').waitFor();
    await watchTheMap(page);
    await new CapturePage(page).takeFinger('first');
    const shown = z.array(paintedMap).parse(await page.evaluate(() => Reflect.get(globalThis, 'paintedMaps')));
    return figuresOf(seenAtMs, shown);
  } finally {
    await browser.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** Which of the middles a map shows. */
function placeOf({ x, y }: PaintedMap): number {
  const distances = MIDDLES.map((middle) => Math.hypot(middle.x - x, middle.y - y));
  return distances.indexOf(Math.min(...distances));
}

/** Each moment of the finger on the glass against the first map that was painted of that very moment. */
function figuresOf(seenAtMs: readonly number[], painted: readonly PaintedMap[]): PreviewFigures {
  const shown = painted.map((map) => ({ atMs: map.atMs, place: placeOf(map) }));
  const changes = shown.filter(({ place }, index) => place !== shown[index - 1]?.place);
  const delays = seenAtMs.flatMap((seen, moment) => {
    // After six more moments the finger is at this place once more.
    const again = seenAtMs[moment + MIDDLES.length] ?? Number.POSITIVE_INFINITY;
    const map = changes.find(({ atMs, place }) => place === moment % MIDDLES.length && atMs >= seen && atMs < again);
    return map === undefined ? [] : [map.atMs - seen];
  });
  delays.sort((one, other) => one - other);
  const spanMs = (changes.at(-1)?.atMs ?? 0) - (changes[0]?.atMs ?? 0);
  const at = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? Number.NaN;
  return {
    mapsPerSecond: spanMs > 0 ? Math.round((10_000 * (changes.length - 1)) / spanMs) / 10 : 0,
    moments: seenAtMs.length,
    shown: delays.length,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    mostMs: delays.at(-1) ?? Number.NaN,
  };
}
