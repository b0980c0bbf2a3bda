import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright';

/** Debian's own browser, the last resort. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** No browser at all: the sentence says how to get one. */
export class NoChromium extends Error {
  readonly code = 'tests.no-chromium';
  constructor() {
    super('No Chromium was found. Run `npx playwright install chromium`, or install the package `chromium`.');
  }
}

/**
 * Starts a headless Chromium: Playwright's own where it was downloaded, else the one inside the npm package
 * @sparticuz/chromium (x64 Linux), else the system's. @throws {NoChromium} when there is none of the three.
 */
export async function launchChromium(): Promise<Browser> {
  if (existsSync(chromium.executablePath())) return chromium.launch();
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];
  if (process.platform === 'linux' && process.arch === 'x64') {
    // The package unpacks its browser into the temporary folder once; its own arguments are for another world.
    return chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
  }
  if (existsSync(SYSTEM_CHROMIUM)) return chromium.launch({ executablePath: SYSTEM_CHROMIUM, args });
  throw new NoChromium();
}
