/**
 * `npm run dist:rehearse [-- --training]`: takes a stand-in for Electron's runtime, which this machine may not be able to
 * fetch, through the real electron-builder for Linux and Windows, looks at what came out, and runs the packaged code.
 * Ends with one JSON line, and with 1 when anything is not as it must be.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleApplication, type Bundle } from '../bundle-for-electron.ts';
import { inspectPackage, type PackageReport } from './inspect-package.ts';
import { makePackages } from './make-packages.ts';
import { runPackaged, type RunReport } from './run-packaged.ts';
import { makeStandIn } from './stand-in.ts';
import { canBuildDebs, tryDeb, type DebReport } from './try-deb.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const PLATFORMS = ['linux', 'win32'] as const;

/** What no rehearsal can finish here, and why. */
const NOT_BUILT_HERE = [
  "Electron's runtime: a stand-in was packaged in its place, so no package of a rehearsal can be started",
  'msi: needs WiX; its settings were checked against electron-builder only',
  'nsis: needs plugins that this machine does not have; its settings were checked against electron-builder only',
  'rpm and AppImage: need tools that electron-builder would fetch; their settings were checked only',
  'Windows natives of sqlite3 and argon2: they are compiled or installed on Windows',
  'signatures: no certificate is part of the project',
];

const { values } = parseArgs({ options: { training: { type: 'boolean', default: false } } });
const isTraining = values.training;
const startedAtMs = Date.now();
const faults: string[] = [];
const packages: PackageReport[] = [];
let run: RunReport | null = null;
let deb: DebReport | null = null;

const hasDebs = !isTraining && (await canBuildDebs());
for (const platform of PLATFORMS) {
  const output = `.out/rehearsal/${platform}`;
  const standIn = path.join(PROJECT, '.out/stand-in', platform);
  await rm(path.join(PROJECT, output), { recursive: true, force: true });
  const bundle: Bundle = await bundleApplication(PROJECT, { isTraining, platform, architecture: 'x64' });
  await makeStandIn(standIn, platform);
  const targets = platform === 'linux' && hasDebs ? ['deb'] : ['dir'];
  const unpacked = await makePackages(PROJECT, {
    platform,
    isTraining,
    bundle,
    output,
    electronDist: standIn,
    targets,
  });
  const { report, faults: found } = await inspectPackage(unpacked, platform, isTraining, bundle);
  packages.push(report);
  faults.push(...found.map((fault) => `${platform}: ${fault}`));
  if (platform !== 'linux') continue;
  run = await runPackaged(PROJECT, unpacked);
  if (!run.isSound) faults.push(`${platform}: the packaged code does not run: ${run.words}`);
  if (!hasDebs) continue;
  const tried = await tryDeb(path.join(PROJECT, output));
  deb = tried.report;
  faults.push(...tried.faults.map((fault) => `deb: ${fault}`));
}

const notBuiltHere = hasDebs
  ? NOT_BUILT_HERE
  : [...NOT_BUILT_HERE, 'deb: there is no dpkg-deb, or a training build was asked for'];
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
console.log(JSON.stringify({ isSound: faults.length === 0, faults, packages, run, deb, notBuiltHere, seconds }));
process.exitCode = faults.length === 0 ? 0 : 1;
