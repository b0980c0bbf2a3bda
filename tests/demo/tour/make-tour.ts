import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium } from '../../support/chromium.ts';
import { TourAlbum } from './tour-album.ts';
import { fileOfStop, TOUR, tourPage } from './tour-stops.ts';
import { walkStation } from './walk-station.ts';

/** States over a station in memory are pictured by a process of its own: their support is the renderer's tests'. */
const STATES = path.resolve(import.meta.dirname, '../../renderer/tour/picture-states.ts');

/** Makes every picture of the tour and the page that explains them, and removes pictures that are no stop any more. */
export async function makeTour(folder: string, rendererFolder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (file.endsWith('.png')) await rm(path.join(folder, file));
  const browser = await launchChromium();
  try {
    await walkStation(browser, (page) => new TourAlbum(page, folder), rendererFolder);
  } finally {
    await browser.close();
  }
  await pictureStates(folder);
  const made = new Set(await readdir(folder));
  const missing = TOUR.map(({ name }) => name).filter((name) => !made.has(fileOfStop(name)));
  if (missing.length > 0) throw new Error(`no picture was made of ${missing.join(', ')}`);
  await writeFile(path.join(folder, 'README.md'), tourPage());
}

function pictureStates(folder: string): Promise<void> {
  const child = spawn(process.execPath, [STATES, '--out', folder], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${STATES} ended with ${code}`))));
  });
}
