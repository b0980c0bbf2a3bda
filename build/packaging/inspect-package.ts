import { createHash } from 'node:crypto';
import { glob, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import type { Bundle } from '../bundle-for-electron.ts';
import { readAsarIntegrity } from './asar-integrity.ts';
import { readFuses, WANTED_FUSES } from './fuses.ts';

/** What came out of electron-builder for one system. */
export interface PackageReport {
  readonly platform: string;
  readonly executable: string;
  readonly asarBytes: number;
  readonly asarSha256: string;
  readonly asarFiles: number;
  readonly unpackedBytes: number;
  readonly nativesUnpacked: readonly string[];
  /** Natives that are for another system than the package: expected only where the package was made on another one. */
  readonly foreignNatives: readonly string[];
  readonly fuses: Readonly<Record<string, boolean>>;
  readonly largestParts: Readonly<Record<string, number>>;
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
  platform: 'linux' | 'win32',
  isTraining: boolean,
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
  const faults = [
    ...fuseFaults(fuses),
    ...fileFaults(files),
    ...sourceFaults(bundle.sources, isTraining),
    ...files
      .filter((file) => file.endsWith('.node') && !natives.some(({ file: native }) => `/${native}` === file))
      .map((file) => `${file} is a native part inside the archive`),
    ...missingFaults(asar, files),
    ...(content.length + unpackedBytes > MAXIMUM_BYTES ? [`larger than ${MAXIMUM_BYTES} bytes`] : []),
    ...(platform === 'win32' ? await integrityFaults(executable, asar) : []),
  ];
  const report: PackageReport = {
    platform,
    executable: path.basename(executable),
    asarBytes: content.length,
    asarSha256: createHash('sha256').update(content).digest('hex'),
    asarFiles: files.length,
    unpackedBytes,
    nativesUnpacked: natives.map(({ file }) => file),
    foreignNatives: natives.filter(({ system }) => system !== platform).map(({ file }) => file),
    fuses,
    largestParts: await largestParts(bundle.folder),
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

/** Every file beside a script that the script names in an import or an address. */
function missingFaults(asar: string, files: readonly string[]): readonly string[] {
  const present = new Set(files);
  const scripts = files.filter((file) => /^\/electron\/.*\.c?js$/.test(file) && !file.includes('/renderer/'));
  return scripts.flatMap((script) => {
    const code = extractFile(asar, script.slice(1)).toString('utf8');
    const named = [...code.matchAll(/(?:from|import|import\(|require\(|new URL\()\s*["'](\.{1,2}\/[^"'\n]+)["']/g)];
    return named
      .map(([, address = '']) => path.posix.join(path.posix.dirname(script), address))
      .filter((file) => !present.has(file))
      .map((file) => `${script} names ${file}, which is not in the package`);
  });
}

/** The archive's header, as Windows' integrity check will compare it, must be written into the executable. */
async function integrityFaults(executable: string, asar: string): Promise<readonly string[]> {
  const { written, wanted } = await readAsarIntegrity(executable, asar);
  return written === wanted ? [] : [`the executable holds the integrity ${written}, the archive has ${wanted}`];
}

async function nativesIn(folder: string): Promise<readonly { readonly file: string; readonly system: string }[]> {
  const found: { file: string; system: string }[] = [];
  for await (const file of glob('**/*.node', { cwd: folder })) {
    const start = (await readFile(path.join(folder, file))).subarray(0, 4).toString('latin1');
    const system = start.startsWith('MZ') ? 'win32' : start === '\x7fELF' ? 'linux' : 'unknown';
    found.push({ file: file.split(path.sep).join('/'), system });
  }
  return found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

/** Bytes of each part of the application, largest first. */
async function largestParts(folder: string): Promise<Readonly<Record<string, number>>> {
  const parts = ['electron/hosts/electron/renderer', 'electron/hosts/electron', '.out/wasm'];
  const packages = (await readdir(path.join(folder, 'node_modules'))).map((name) => `node_modules/${name}`);
  const sized = await Promise.all(
    [...parts, ...packages].map(async (part): Promise<[string, number]> => [
      part,
      await bytesIn(path.join(folder, part)),
    ]),
  );
  return Object.fromEntries(sized.toSorted(([, a], [, b]) => b - a).slice(0, 8));
}
