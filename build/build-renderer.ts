import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';

/** What the built renderer depends on; a change in any of it makes a new build. */
const SOURCES = ['renderer/**/*', 'docs/help/*.md', 'electron/contract/**/*.ts', 'vite.config.ts', 'package-lock.json'];

async function fingerprintOf(projectFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: projectFolder, withFileTypes: true })) {
    if (entry.isFile()) files.push(path.join(entry.parentPath, entry.name));
  }
  for (const file of files.toSorted()) {
    hash.update(path.relative(projectFolder, file));
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Builds the renderer into `.out/renderer`, or leaves it when nothing that it is made of has changed. True when it was built. */
export async function buildRenderer(projectFolder: string): Promise<boolean> {
  const stamp = path.join(projectFolder, '.out/renderer.sha256');
  const fingerprint = await fingerprintOf(projectFolder);
  const isFresh = (await readFile(stamp, 'utf8').catch(() => '')) === fingerprint;
  if (isFresh) return false;
  await build({ configFile: path.join(projectFolder, 'vite.config.ts'), logLevel: 'warn' });
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, fingerprint);
  return true;
}
