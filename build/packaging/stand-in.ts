import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { standInExecutable } from './stand-in-executable.ts';

/** What stands where the runtime would: clearly not it. */
export const STAND_IN_WORDS =
  "STAND-IN FOR ELECTRON'S RUNTIME: for a rehearsal of the packaging only. It runs nothing.";

/**
 * Where the runtime keeps its fuses: a sentinel, the version of the format, their number, and one character for each.
 * Source: electronjs.org, "Electron Fuses", and the `@electron/fuses` package, which looks for exactly these bytes.
 */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As a runtime is delivered: the first fuses on or off by its defaults, none removed. */
const DELIVERED_FUSES = '10111000';

/** Makes a folder like the one that the runtime is unpacked to, for electron-builder to take. */
export async function makeStandIn(
  folder: string,
  platform: 'linux' | 'win32',
  architecture: 'x64' | 'arm64' = 'x64',
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, 'locales'), { recursive: true });
  const fuses = Buffer.concat([
    Buffer.from(`\n${STAND_IN_WORDS}\n`),
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, DELIVERED_FUSES.length]),
    Buffer.from(DELIVERED_FUSES),
  ]);
  const executable = path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
  await writeFile(executable, platform === 'win32' ? standInExecutable(fuses, architecture) : standInScript(fuses), {
    mode: 0o755,
  });
  if (platform === 'linux') await writeFile(path.join(folder, 'chrome-sandbox'), STAND_IN_WORDS, { mode: 0o755 });
  await writeFile(path.join(folder, 'LICENSE'), STAND_IN_WORDS);
  await writeFile(path.join(folder, 'LICENSES.chromium.html'), STAND_IN_WORDS);
  for (const language of ['en-GB', 'en-US', 'de'])
    await writeFile(path.join(folder, 'locales', `${language}.pak`), STAND_IN_WORDS);
}

/** Whoever starts it is told what it is. */
function standInScript(fuses: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`#!/bin/sh\necho "${STAND_IN_WORDS}" >&2\nexit 70\n`), fuses]);
}
