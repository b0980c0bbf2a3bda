import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { z } from 'zod';
import type { Bundle } from '../bundle-for-electron.ts';
import { writePolicyTemplates } from '../policy/policy-files.ts';
import { drawIcons } from './icons.ts';
import { packageSettings } from './settings.ts';
import { udevRules } from './udev-rules.ts';

/** Made for the packages before they are built; the settings name them. */
const RESOURCES = '.out/packaging';
const POLICY_FOLDER = '.out/policy';
/** Date of everything in a package, seconds since 1970-01-01 UTC: the same bytes from the same commit, whenever built. */
const PACKAGE_EPOCH_S = 1_767_225_600;

export interface MakeOptions {
  readonly platform: 'linux' | 'win32';
  readonly architecture: 'x64' | 'arm64';
  readonly isTraining: boolean;
  readonly bundle: Bundle;
  /** Relative to the project. */
  readonly output: string;
  readonly electronDist?: string;
  /** What to make: `dir` for the application folder alone, or nothing for everything that the settings name. */
  readonly targets?: readonly string[];
}

/** Lets electron-builder make the application folder, and whatever else was asked for; answers that folder. */
export async function makePackages(projectFolder: string, options: MakeOptions): Promise<string> {
  const { architecture, platform, isTraining, bundle, output, electronDist, targets = ['dir'] } = options;
  await makeResources(projectFolder);
  await writePolicyTemplates(path.join(projectFolder, POLICY_FOLDER));
  // dpkg-deb dates its files by it; electron-builder calls our packer in the place of fpm.
  process.env['SOURCE_DATE_EPOCH'] = String(PACKAGE_EPOCH_S);
  // Several threads cut what they compress into blocks, as many as there are processors.
  process.env['DPKG_DEB_THREADS_MAX'] = '1';
  process.env['CUSTOM_FPM_PATH'] = path.join(import.meta.dirname, 'pack-deb.ts');
  process.env['PATH'] = `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`;
  const system = platform === 'linux' ? Platform.LINUX : Platform.WINDOWS;
  const config = packageSettings({
    applicationFolder: path.relative(projectFolder, bundle.folder),
    outputFolder: output,
    isTraining,
    electronVersion: await electronVersion(projectFolder),
    ...(electronDist !== undefined && { electronDist }),
  });
  await build({
    projectDir: projectFolder,
    targets: system.createTarget(
      targets.length === 0 ? null : [...targets],
      architecture === 'arm64' ? Arch.arm64 : Arch.x64,
    ),
    config,
    publish: 'never',
  });
  return path.join(projectFolder, output, unpackedFolder(platform, architecture));
}

/** The names of electron-builder's own. */
function unpackedFolder(platform: 'linux' | 'win32', architecture: 'x64' | 'arm64'): string {
  const system = platform === 'linux' ? 'linux' : 'win';
  return architecture === 'x64' ? `${system}-unpacked` : `${system}-${architecture}-unpacked`;
}

async function makeResources(projectFolder: string): Promise<void> {
  const folder = path.join(projectFolder, RESOURCES);
  await mkdir(folder, { recursive: true });
  await drawIcons(folder);
  await writeFile(path.join(folder, '70-ridgeway.rules'), udevRules());
}

/** The version that the project pins; the package is read, not loaded. */
async function electronVersion(projectFolder: string): Promise<string> {
  const file = path.join(projectFolder, 'node_modules/electron/package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version;
}
