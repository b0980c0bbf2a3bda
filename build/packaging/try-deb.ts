import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeFile, type Artefact } from './artefacts.ts';
import { runPackaged, selfTestPackaged, type RunReport } from './run-packaged.ts';

const run = promisify(execFile);

/** The deb that was built, and how it fared in a root of its own. */
export interface DebReport extends Artefact {
  readonly control: string;
  readonly installedFiles: number;
  /** What was done in the root, in order. */
  readonly steps: readonly string[];
  /** What the installed package's own code said, started from where it was installed. */
  readonly run: RunReport | null;
}

/** Where dpkg puts the application below a root. */
const APPLICATION = 'opt/Ridgeway';
const DATA = 'var/lib/ridgeway';
const PARTS = ['usr/lib/udev/rules.d/70-ridgeway.rules', `${APPLICATION}/resources/app.asar`, 'usr/bin/ridgeway'];

/**
 * Installs the deb into an empty root, starts its station and self-test there, upgrades it to a later version, downgrades
 * nothing, removes it and purges it, with the station's own database in the data folder all the while. The maintainer
 * scripts run as dpkg runs them for another root.
 */
export async function tryDeb(
  projectFolder: string,
  outputFolder: string,
): Promise<{ report: DebReport | null; faults: readonly string[] }> {
  const name = (await readdir(outputFolder)).find((file) => file.endsWith('.deb'));
  if (name === undefined) return { report: null, faults: ['no deb was built'] };
  const deb = path.join(outputFolder, name);
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-root-'));
  try {
    const listing = (await run('dpkg-deb', ['--contents', deb], { maxBuffer: 64 * 1024 * 1024 })).stdout;
    const life = await lifeOf(projectFolder, deb, folder);
    const report = {
      ...(await describeFile(outputFolder, name)),
      control: (await run('dpkg-deb', ['--field', deb])).stdout.trim(),
      installedFiles: listing.trim().split('\n').length,
      steps: life.steps,
      run: life.run,
    };
    return { report, faults: life.faults };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Life {
  readonly faults: readonly string[];
  readonly steps: readonly string[];
  readonly run: RunReport | null;
}

async function lifeOf(projectFolder: string, deb: string, folder: string): Promise<Life> {
  const root = path.join(folder, 'root');
  const installed = path.join(root, APPLICATION);
  const data = path.join(root, DATA);
  const database = path.join(data, 'ridgeway.sqlite');
  const faults: string[] = [];
  const steps: string[] = [];
  const expectParts = async (are: boolean, parts: readonly string[], when: string): Promise<void> => {
    for (const part of parts) {
      if ((await isThere(path.join(root, part))) !== are) faults.push(`${part} is ${are ? 'not ' : ''}there ${when}`);
    }
    steps.push(when);
  };

  for (const part of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'usr/bin']) {
    await mkdir(path.join(root, part), { recursive: true });
  }
  await writeFile(path.join(root, 'var/lib/dpkg/status'), '');
  await dpkg(root, '--install', deb);
  await expectParts(true, [...PARTS, DATA], 'after the installation');

  const answered = await runPackaged(projectFolder, installed, data);
  if (!answered.isSound)
    return { faults: [...faults, `the packaged code does not run: ${answered.words}`], steps, run: answered };
  steps.push('its station answered and its self-test ran');
  const sizeBytes = (await stat(database)).size;

  await dpkg(root, '--install', await laterVersionOf(deb, folder));
  await expectParts(true, PARTS, 'after the upgrade to a later version');
  const { parts } = await selfTestPackaged(projectFolder, installed, data);
  if (parts['database']?.kind !== 'sound') faults.push('the later version does not find the database sound');
  if ((await stat(database)).size < sizeBytes) faults.push('the upgrade did not keep the database');

  await dpkg(root, '--remove', 'ridgeway');
  await expectParts(false, PARTS, 'after the removal');
  if ((await readFile(database).catch(() => Buffer.alloc(0))).length < sizeBytes)
    faults.push('removal did not keep the data');
  await dpkg(root, '--install', deb);
  await expectParts(true, [...PARTS, `${DATA}/ridgeway.sqlite`], 'after it was installed again, with the data kept');
  await dpkg(root, '--purge', 'ridgeway');
  await expectParts(false, [...PARTS, DATA], 'after the purge');
  return { faults, steps, run: answered };
}

/** The same package under a later version: what dpkg sees of an upgrade. */
async function laterVersionOf(deb: string, folder: string): Promise<string> {
  const content = path.join(folder, 'later');
  await run('dpkg-deb', ['--raw-extract', deb, content]);
  const control = path.join(content, 'DEBIAN/control');
  const text = await readFile(control, 'utf8');
  await writeFile(control, text.replace(/^Version: .*$/m, 'Version: 999.0.0'));
  const later = path.join(folder, 'later.deb');
  await run('dpkg-deb', ['--root-owner-group', '-Znone', '--build', content, later]);
  return later;
}

/** Dependencies are not in an empty root, and no script enters it. */
async function dpkg(root: string, ...words: readonly string[]): Promise<void> {
  const force = ['--force-depends', '--force-script-chrootless', '--force-not-root', '--force-downgrade'];
  await run('dpkg', [`--root=${root}`, ...force, '--log=/dev/null', ...words]);
}

function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
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
