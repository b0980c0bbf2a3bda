/**
 * `npm run dist [-- --training] [-- --targets deb,rpm]`: builds the packages of this computer's system around the real
 * runtime. Where the runtime is absent it says so in one sentence and ends with 2: nothing is made that looks like a
 * package and is none.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleApplication } from '../bundle-for-electron.ts';
import { findElectronRuntime } from '../electron-runtime.ts';
import { listArtefacts } from './artefacts.ts';
import { inspectPackage } from './inspect-package.ts';
import { makePackages } from './make-packages.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const OUTPUT = '.out/dist';
const NO_RUNTIME = 2;

const { values } = parseArgs({
  options: { training: { type: 'boolean', default: false }, targets: { type: 'string', default: '' } },
});
process.exitCode = await dist(values.training, values.targets);

async function dist(isTraining: boolean, targets: string): Promise<number> {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'win32') {
    console.error('Packages are built on Linux and on Windows, each for itself.');
    return NO_RUNTIME;
  }
  if ((await findElectronRuntime(PROJECT)) === null) {
    console.error(
      "Electron's runtime is not here: run `node node_modules/electron/install.js` where it can be fetched.",
    );
    return NO_RUNTIME;
  }
  await rm(path.join(PROJECT, OUTPUT), { recursive: true, force: true });
  // Natives are compiled and installed for the computer that builds: arm64 is built on arm64.
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const bundle = await bundleApplication(PROJECT, { isTraining, platform, architecture });
  const unpacked = await makePackages(PROJECT, {
    platform,
    architecture,
    isTraining,
    bundle,
    output: OUTPUT,
    targets: targets.split(',').filter((target) => target !== ''),
  });
  const { report, faults } = await inspectPackage(unpacked, { platform, architecture, isTraining }, bundle);
  const artefacts = await listArtefacts(path.join(PROJECT, OUTPUT));
  console.log(JSON.stringify({ isSound: faults.length === 0, faults, artefacts, packages: [report] }));
  return faults.length === 0 ? 0 : 1;
}
