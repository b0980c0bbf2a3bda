import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The deb that was built, and how it fared in a root of its own. */
export interface DebReport {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly control: string;
  readonly installedFiles: number;
}

/**
 * Installs the deb into an empty root, upgrades it onto itself, removes it and purges it, with a database in the data
 * folder all the while. The maintainer scripts run as dpkg runs them for another root.
 */
export async function tryDeb(outputFolder: string): Promise<{ report: DebReport | null; faults: readonly string[] }> {
  const name = (await readdir(outputFolder)).find((file) => file.endsWith('.deb'));
  if (name === undefined) return { report: null, faults: ['no deb was built'] };
  const file = path.join(outputFolder, name);
  const content = await readFile(file);
  const root = await mkdtemp(path.join(tmpdir(), 'ridgeway-root-'));
  try {
    const listing = (await run('dpkg-deb', ['--contents', file], { maxBuffer: 64 * 1024 * 1024 })).stdout;
    const report = {
      file: name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      control: (await run('dpkg-deb', ['--field', file])).stdout.trim(),
      installedFiles: listing.trim().split('\n').length,
    };
    return { report, faults: await lifeOf(file, root) };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function lifeOf(file: string, root: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const data = path.join(root, 'var/lib/ridgeway/ridgeway.sqlite');
  const expectThat = async (is: boolean, inRoot: string, when: string): Promise<void> => {
    if ((await exists(path.join(root, inRoot))) !== is) faults.push(`${inRoot} is ${is ? 'not ' : ''}there ${when}`);
  };
  const parts = ['usr/lib/udev/rules.d/70-ridgeway.rules', 'opt/Ridgeway/resources/app.asar'];

  for (const folder of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'usr/bin']) {
    await mkdir(path.join(root, folder), { recursive: true });
  }
  await writeFile(path.join(root, 'var/lib/dpkg/status'), '');
  await dpkg(root, '--install', file);
  for (const part of [...parts, 'var/lib/ridgeway']) await expectThat(true, part, 'after the installation');
  await writeFile(data, 'kept');
  await dpkg(root, '--install', file);
  for (const part of parts) await expectThat(true, part, 'after the upgrade');
  await dpkg(root, '--remove', 'ridgeway');
  for (const part of [...parts, 'usr/bin/ridgeway']) await expectThat(false, part, 'after the removal');
  if ((await readFile(data, 'utf8').catch(() => '')) !== 'kept') faults.push('removal did not keep the data');
  await dpkg(root, '--purge', 'ridgeway');
  await expectThat(false, 'var/lib/ridgeway', 'after the purge');
  return faults;
}

/** Dependencies are not in an empty root, and no script enters it. */
async function dpkg(root: string, ...words: readonly string[]): Promise<void> {
  const force = ['--force-depends', '--force-script-chrootless', '--force-not-root', '--log=/dev/null'];
  await run('dpkg', [`--root=${root}`, ...force, ...words]);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** True where debs can be built at all. */
export async function canBuildDebs(): Promise<boolean> {
  return run('dpkg-deb', ['--version']).then(
    () => true,
    () => false,
  );
}
