/**
 * Pictures the states that pass too quickly on a real station, and the looks of a page: the tour's part over a station in
 * memory.
 *
 *   node tests/renderer/tour/picture-states.ts --out DIR
 */
import { parseArgs } from 'node:util';
import { VIEWPORT } from '../../demo/tour/parameters.ts';
import { TourAlbum } from '../../demo/tour/tour-album.ts';
import { launchChromium } from '../../support/chromium.ts';
import { buildRendererUnderTest, serveFakeStation } from '../support/fake-host.ts';
import { FakeStation } from '../support/fake-station.ts';
import type { Scene } from '../support/scene.ts';
import { SCENES } from '../support/scenes.ts';
import { Stage } from '../support/stage.ts';

/** How a page is set before it is pictured. */
interface Look {
  readonly stop: string;
  readonly scene: string;
  readonly preferences?: Readonly<Record<string, string | boolean>>;
  readonly viewport?: typeof VIEWPORT;
}

/** Stops that show a scene as it is, under the scene's own name or another. */
const LOOKS: readonly Look[] = [
  ...[
    'capture-preview',
    'capture-failed',
    'capture-below-threshold',
    'searching',
    'results-possible',
    'results-none',
    'refused',
    'diverted',
    'locked',
  ].map((name) => ({ stop: name, scene: name })),
  { stop: 'sergeant-counts', scene: 'counts' },
  { stop: 'welsh', scene: 'results-match', preferences: { language: 'cy' } },
  { stop: 'dark', scene: 'words', preferences: { theme: 'dark' } },
  { stop: 'contrast', scene: 'results-match', preferences: { theme: 'contrast' } },
  { stop: 'quiet', scene: 'words', preferences: { isQuiet: true } },
  // What a page of 1280 pixels has left at 200 %.
  { stop: 'zoom', scene: 'results-match', viewport: { width: 640, height: 720 } },
];

function sceneCalled(name: string): Scene {
  const scene = SCENES.find((known) => known.name === name);
  if (scene === undefined) throw new Error(`there is no scene called ${name}`);
  return scene;
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
if (values.out === undefined) throw new Error('--out DIR says where the pictures go');
const fake = new FakeStation();
await using host = await serveFakeStation(fake, await buildRendererUnderTest());
const browser = await launchChromium();
try {
  for (const { preferences, scene, stop, viewport } of LOOKS) {
    await using context = await browser.newContext({ viewport: viewport ?? VIEWPORT, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.addInitScript(
      (kept) => localStorage.setItem('ridgeway.preferences', kept),
      JSON.stringify(preferences ?? {}),
    );
    await new Stage(page, fake, host.origin).show(sceneCalled(scene));
    await new TourAlbum(page, values.out).keep(stop);
  }
} finally {
  await browser.close();
}
