import { createHash } from 'node:crypto';
import { glob, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import type { Bundle } from '../bundle-for-electron.ts';
import { madeFor } from './native-target.ts';
import { readAsarIntegrity } from './asar-integrity.ts';
import { readFuses, WANTED_FUSES } from './fuses.ts';

/** What came out of electron-builder for one system. */
export interface PackageReport {
  readonly platform: string;
  readonly architecture: string;
  readonly executable: string;
  readonly asarBytes: number;
  readonly asarSha256: string;
  readonly asarFiles: number;
  readonly unpackedBytes: number;
  /** Everything but the runtime: the archive, what lies beside it, and the papers. */
  readonly applicationBytes: number;
  readonly nativesUnpacked: readonly string[];
  /** Natives that are for another system than the package: expected only where the package was made on another one. */
  readonly foreignNatives: readonly string[];
  readonly fuses: Readonly<Record<string, boolean>>;
  /** Bytes of every part before packing, largest first. */
  readonly parts: Readonly<Record<string, number>>;
}

/** For whom a package is. */
export interface PackageTarget {
  readonly platform: 'linux' | 'win32';
  readonly architecture: 'x64' | 'arm64';
  readonly isTraining: boolean;
  /** True in a rehearsal for another computer, whose natives cannot be made here. */
  readonly hasForeignNatives?: boolean;
}

/** The largest that an application may be without its runtime, bytes. Source: the goal of 25 MB. */
const MAXIMUM_BYTES = 25_000_000;

/** Files that no package holds: maps, types, sources, tests, and databases or keys of whoever made it. */
const FORBIDDEN = [
  /\.map$/,
  /\.tsx?$/,
  /\.vue$/,
  /(^|\/)tests?\//,
  /\.(test|spec)\.[mc]?js$/,
  /\.(sqlite|key|pem|log)$/,
];
/** Packages whose own folder is named like one of tests. */
const NOT_OURS = /^\/?node_modules\//;
/** Sources that only a training build may hold. */
const TRAINING_ONLY = [
  /^electron\/training\//,
  /^electron\/hosts\/loopback\//,
  /scanner\/(simulated-|fault-injector|feed)/,
];
const NEVER = [/^tests\//, /^electron\/hosts\/loopback\//, /^build\//];

/** Looks into an application folder. Everything that is not as it must be is a fault in words. */
export async function inspectPackage(
  unpacked: string,
  { architecture, hasForeignNatives = false, isTraining, platform }: PackageTarget,
  bundle: Bundle,
): Promise<{ readonly report: PackageReport; readonly faults: readonly string[] }> {
  const asar = path.join(unpacked, 'resources/app.asar');
  const name = isTraining ? 'ridgeway-training' : 'ridgeway';
  const executable = path.join(unpacked, platform === 'win32' ? `${name}.exe` : name);
  const content = await readFile(asar);
  const files = listPackage(asar, { isPack: false }).map((file) => file.split(path.sep).join('/'));
  const natives = await nativesIn(`${asar}.unpacked`);
  const fuses = await readFuses(executable);
  const unpackedBytes = await bytesIn(`${asar}.unpacked`);
  const foreign = natives.filter(({ made }) => made !== `${platform}-${architecture}`).map(({ file }) => file);
  const applicationBytes = await bytesIn(path.dirname(asar));
  const faults = [
    ...fuseFaults(fuses),
    ...fileFaults(files),
    ...sourceFaults(bundle.sources, isTraining),
    ...files
      .filter((file) => file.endsWith('.node') && !natives.some(({ file: native }) => `/${native}` === file))
      .map((file) => `${file} is a native part inside the archive`),
    ...missingFaults(asar, files),
    ...(hasForeignNatives ? [] : foreign.map((file) => `${file} is for another computer`)),
    ...(await paperFaults(path.dirname(asar))),
    ...(applicationBytes > MAXIMUM_BYTES ? [`larger than ${MAXIMUM_BYTES} bytes`] : []),
    ...(platform === 'win32' ? await integrityFaults(executable, asar) : []),
  ];
  const report: PackageReport = {
    platform,
    architecture,
    executable: path.basename(executable),
    asarBytes: content.length,
    asarSha256: createHash('sha256').update(content).digest('hex'),
    asarFiles: files.length,
    unpackedBytes,
    applicationBytes,
    nativesUnpacked: natives.map(({ file }) => file),
    foreignNatives: foreign,
    fuses,
    parts: await partsOf(bundle.folder),
  };
  return { report, faults };
}

function fuseFaults(fuses: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(WANTED_FUSES)
    .filter(([name, wanted]) => fuses[name] !== wanted)
    .map(([name, wanted]) => `the fuse ${name} is not ${wanted ? 'on' : 'off'}`);
}

function fileFaults(files: readonly string[]): readonly string[] {
  return files
    .filter((file) => FORBIDDEN.some((rule) => rule.test(file)) && (!NOT_OURS.test(file) || /\.(map|ts)$/.test(file)))
    .map((file) => `${file} has no place in a package`);
}

function sourceFaults(sources: readonly string[], isTraining: boolean): readonly string[] {
  const rules = isTraining ? NEVER : [...NEVER, ...TRAINING_ONLY];
  return sources.filter((file) => rules.some((rule) => rule.test(file))).map((file) => `${file} was bundled`);
}

/** Every file beside a script that the script names in an import or an address, and the WebAssembly that it reads. */
function missingFaults(asar: string, files: readonly string[]): readonly string[] {
  const present = new Set(files);
  const scripts = files.filter((file) => /^\/electron\/.*\.c?js$/.test(file) && !file.includes('/renderer/'));
  const missing = scripts.flatMap((script) => {
    const code = extractFile(asar, script.slice(1)).toString('utf8');
    const named = [...code.matchAll(/(?:from|import|import\(|require\(|new URL\()\s*["'`](\.{1,2}\/[^"'`$\n]+)["'`]/g)];
    const beside = named.map(([, address = '']) => path.posix.join(path.posix.dirname(script), address));
    // A module finds its WebAssembly by the way from the project's root, which is the archive's too.
    const wasm = [...code.matchAll(/["'`](?:\.\.\/)*(\.out\/wasm\/[\w-]+\.wasm)["'`]/g)].map(
      ([, file = '']) => `/${file}`,
    );
    return [...new Set([...beside, ...wasm])]
      .filter((file) => !present.has(file))
      .map((file) => `${script} names ${file}, which is not in the package`);
  });
  const hasWasm = files.some((file) => file.endsWith('.wasm'));
  return hasWasm ? missing : [...missing, 'no WebAssembly is in the package'];
}

/** The archive's header, as Windows' integrity check will compare it, must be written into the executable. */
async function integrityFaults(executable: string, asar: string): Promise<readonly string[]> {
  const { written, wanted } = await readAsarIntegrity(executable, asar);
  return written === wanted ? [] : [`the executable holds the integrity ${written}, the archive has ${wanted}`];
}

async function nativesIn(folder: string): Promise<readonly { readonly file: string; readonly made: string }[]> {
  const found: { file: string; made: string }[] = [];
  for await (const file of glob('**/*.node', { cwd: folder })) {
    found.push({ file: file.split(path.sep).join('/'), made: madeFor(await readFile(path.join(folder, file))) });
  }
  return found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** Lies beside the archive for whoever asks what is inside, before anything is started. */
const PAPERS = [
  'sbom.cdx.json',
  'THIRD-PARTY-LICENCES.txt',
  'policy/ridgeway.admx',
  'policy/ridgeway-policy.schema.json',
];

async function paperFaults(resources: string): Promise<readonly string[]> {
  const found = new Set((await readdir(resources, { recursive: true })).map((file) => file.split(path.sep).join('/')));
  return PAPERS.filter((file) => !found.has(file)).map((file) => `${file} is not beside the archive`);
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

/** Bytes of each part of the application, largest first. */
async function partsOf(folder: string): Promise<Readonly<Record<string, number>>> {
  const page = 'electron/hosts/electron/renderer';
  const parts: [string, number][] = [
    ['page', await bytesIn(path.join(folder, page))],
    [
      'main process and workers',
      (await bytesIn(path.join(folder, 'electron'))) - (await bytesIn(path.join(folder, page))),
    ],
    ['WebAssembly', await bytesIn(path.join(folder, '.out/wasm'))],
  ];
  for (const name of await readdir(path.join(folder, 'node_modules'))) {
    parts.push([name, await bytesIn(path.join(folder, 'node_modules', name))]);
  }
  for (const name of ['THIRD-PARTY-LICENCES.txt', 'sbom.cdx.json']) {
    parts.push([name, (await stat(path.join(folder, name)).catch(() => ({ size: 0 }))).size]);
  }
  return Object.fromEntries(parts.toSorted(([, a], [, b]) => b - a));
}
