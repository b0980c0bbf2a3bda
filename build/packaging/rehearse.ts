/**
 * `npm run dist:rehearse [-- --training] [-- --linux]`: takes a stand-in for Electron's runtime, which this machine may not
 * be able to fetch, through the real electron-builder for Linux and Windows, looks at what came out, and runs the packaged
 * code. Ends with one JSON line, and with 1 when anything is not as it must be.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleApplication, type Bundle } from '../bundle-for-electron.ts';
import { describeFile, listArtefacts, type Artefact } from './artefacts.ts';
import { inspectPackage, type PackageReport } from './inspect-package.ts';
import { makePackages } from './make-packages.ts';
import { runPackaged, type RunReport } from './run-packaged.ts';
import { makeStandIn } from './stand-in.ts';
import { canBuildDebs, tryDeb, type DebReport } from './try-deb.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const OUTPUT = '.out/rehearsal';
const TARGETS = [
  { platform: 'linux', architecture: 'x64' },
  { platform: 'win32', architecture: 'x64' },
  { platform: 'win32', architecture: 'arm64' },
] as const;

/** What no rehearsal can finish here, and why. */
const NOT_BUILT_HERE = [
  "Electron's runtime: a stand-in was packaged in its place, so no package of a rehearsal can be started",
  "msi: needs WiX; its settings were checked against electron-builder's schema, its additions by a test",
  "nsis: needs plugins that this machine does not have; its settings were checked against electron-builder's schema",
  'rpm and AppImage: need tools that electron-builder would fetch; their settings were checked only',
  'Windows natives of sqlite3, argon2 and nice: they are compiled or installed on Windows',
  'signatures: no certificate is part of the project',
];

const { values } = parseArgs({
  options: { training: { type: 'boolean', default: false }, linux: { type: 'boolean', default: false } },
});
const isTraining = values.training;
const startedAtMs = Date.now();
const faults: string[] = [];
const packages: PackageReport[] = [];
const artefacts: Artefact[] = [];
let run: RunReport | null = null;
let deb: DebReport | null = null;

const hasDebs = !isTraining && (await canBuildDebs());
await rm(path.join(PROJECT, OUTPUT), { recursive: true, force: true });
for (const target of TARGETS) {
  if (values.linux && target.platform !== 'linux') continue;
  await rehearse(target);
}

const notBuiltHere = hasDebs
  ? NOT_BUILT_HERE
  : [...NOT_BUILT_HERE, 'deb: there is no dpkg-deb, or a training build was asked for'];
const seconds = Math.round((Date.now() - startedAtMs) / 1000);
const isSound = faults.length === 0;
const line = JSON.stringify({ isSound, faults, artefacts, packages, run, deb, notBuiltHere, seconds });
await mkdir(path.join(PROJECT, OUTPUT), { recursive: true });
await writeFile(path.join(PROJECT, OUTPUT, 'rehearsal.json'), `${line}\n`);
console.log(line);
process.exitCode = isSound ? 0 : 1;

async function rehearse({ platform, architecture }: (typeof TARGETS)[number]): Promise<void> {
  const name = `${platform}-${architecture}`;
  const output = `${OUTPUT}/${name}`;
  const standIn = path.join(PROJECT, '.out/stand-in', name);
  const bundle: Bundle = await bundleApplication(PROJECT, { isTraining, platform, architecture });
  await makeStandIn(standIn, platform, architecture);
  const targets = platform === 'linux' && hasDebs ? ['deb'] : ['dir'];
  const made = { platform, architecture, isTraining, bundle, output, electronDist: standIn, targets };
  const unpacked = await makePackages(PROJECT, made);
  const hasForeignNatives = `${process.platform}-${process.arch}` !== name;
  const inspected = await inspectPackage(unpacked, { platform, architecture, isTraining, hasForeignNatives }, bundle);
  packages.push(inspected.report);
  faults.push(...inspected.faults.map((fault) => `${name}: ${fault}`));
  const folder = path.join(PROJECT, OUTPUT);
  const asar = path.relative(folder, path.join(unpacked, 'resources/app.asar'));
  artefacts.push(await describeFile(folder, asar));
  if (platform !== process.platform || architecture !== process.arch) return;
  if (hasDebs) {
    artefacts.push(...(await listArtefacts(path.join(PROJECT, output))));
    const tried = await tryDeb(PROJECT, path.join(PROJECT, output));
    ({ report: deb } = tried);
    run = deb?.run ?? null;
    faults.push(...tried.faults.map((fault) => `deb: ${fault}`));
    return;
  }
  const data = await mkdtemp(path.join(tmpdir(), 'ridgeway-rehearsal-'));
  run = await runPackaged(PROJECT, unpacked, data);
  await rm(data, { recursive: true, force: true });
  if (!run.isSound) faults.push(`${name}: the packaged code does not run: ${run.words}`);
}
