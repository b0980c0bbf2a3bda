import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPackageWithOptions } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFuses, WANTED_FUSES } from '../../../build/packaging/fuses.ts';
import { inspectPackage } from '../../../build/packaging/inspect-package.ts';
import { makeStandIn } from '../../../build/packaging/stand-in.ts';

const PAPERS = [
  'sbom.cdx.json',
  'THIRD-PARTY-LICENCES.txt',
  'policy/ridgeway.admx',
  'policy/ridgeway-policy.schema.json',
];

let folder: string;
let application: string;
let unpacked: string;
const TARGET = { platform: 'linux', architecture: 'x64', isTraining: false } as const;
/** As much of an ELF file as says that it is for Linux on x64. */
const ELF = '\x7fELF'.padEnd(18, '\0') + '\x3e\0';
const SOUND_SOURCES = ['electron/hosts/electron/main.ts', 'native-bridge/scanner/hid-source.ts'];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-inspect-'));
  application = path.join(folder, 'application');
  unpacked = path.join(folder, 'unpacked');
  await write('package.json', '{}');
  await write(
    'electron/hosts/electron/main.js',
    'import "./chunk.js";\nnew URL("./matcher-worker.js", import.meta.url);',
  );
  await write('electron/hosts/electron/chunk.js', 'export {};');
  await write(
    'electron/hosts/electron/matcher-worker.js',
    'new URL(`../../../.out/wasm/a.wasm`, import.meta.url); const MODULE = `.out/wasm/b.wasm`; new URL(`../../../${MODULE}`);',
  );
  await write('electron/hosts/electron/renderer/index.html', '<!doctype html>');
  await write('.out/wasm/a.wasm', '');
  await write('.out/wasm/b.wasm', '');
  await write('node_modules/native/build/Release/native.node', ELF);
  await makeStandIn(unpacked, 'linux');
  await cp(path.join(unpacked, 'electron'), path.join(unpacked, 'ridgeway'));
  await flipAll();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(application, file)), { recursive: true });
  await writeFile(path.join(application, file), content, 'latin1');
}

async function flipAll(changed: Partial<Record<FuseV1Options, boolean>> = {}): Promise<void> {
  await flipFuses(path.join(unpacked, 'ridgeway'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    ...changed,
  });
}

async function faults(sources: readonly string[] = SOUND_SOURCES, unpack = '*.node'): Promise<readonly string[]> {
  const asar = path.join(unpacked, 'resources/app.asar');
  await createPackageWithOptions(application, asar, { unpack });
  await mkdir(`${asar}.unpacked`, { recursive: true });
  for (const paper of PAPERS) {
    await mkdir(path.dirname(path.join(unpacked, 'resources', paper)), { recursive: true });
    await writeFile(path.join(unpacked, 'resources', paper), '');
  }
  return (await inspectPackage(unpacked, TARGET, { folder: application, sources })).faults;
}

test('a sound package has no fault', async () => {
  expect(await faults()).toEqual([]);
});

describe('a fault is told', () => {
  test('when the runtime is as it was delivered: every fuse that differs is named', async () => {
    await cp(path.join(unpacked, 'electron'), path.join(unpacked, 'ridgeway'));

    expect(await faults()).toContain('the fuse runAsNode is not off');
    expect(await readFuses(path.join(unpacked, 'electron'))).not.toEqual(WANTED_FUSES);
  });

  test('when one fuse is wrong, that one', async () => {
    await flipAll({ [FuseV1Options.OnlyLoadAppFromAsar]: false });

    expect(await faults()).toEqual(['the fuse onlyLoadAppFromAsar is not on']);
  });

  test.each([
    ['a chunk', 'electron/hosts/electron/chunk.js'],
    ['the worker', 'electron/hosts/electron/matcher-worker.js'],
    ['WebAssembly', '.out/wasm/a.wasm'],
    ['WebAssembly that is named by its way from the root', '.out/wasm/b.wasm'],
  ])('when %s is missing', async (_what, file) => {
    await rm(path.join(application, file));

    expect(await faults()).toEqual([expect.stringContaining(`names /${file}, which is not in the package`)]);
  });

  test('when a native part lies inside the archive', async () => {
    expect(await faults(SOUND_SOURCES, '*.none')).toEqual([
      '/node_modules/native/build/Release/native.node is a native part inside the archive',
    ]);
  });

  test.each([
    'electron/hosts/electron/main.js.map',
    'electron/station/create-station.ts',
    'tests/anything.js',
    'electron/hosts/electron/a.test.js',
    'ridgeway.sqlite',
    'seal.key',
    'node_modules/native/index.js.map',
  ])('when it holds %s', async (file) => {
    await write(file, '');

    expect(await faults()).toEqual([`/${file} has no place in a package`]);
  });

  test.each([
    'native-bridge/scanner/simulated-device.ts',
    'native-bridge/scanner/fault-injector.ts',
    'electron/training/training-hand.ts',
    'electron/hosts/loopback/socket-host.ts',
    'tests/support/fake-electron.ts',
  ])('when %s was bundled into the product', async (source) => {
    expect(await faults([...SOUND_SOURCES, source])).toEqual([`${source} was bundled`]);
  });

  test('when it is larger than the goal', async () => {
    await write('large.bin', 'x'.repeat(25_000_001));

    expect(await faults()).toEqual(['larger than 25000000 bytes']);
  });
});

test.each([
  ['for another system', 'MZ'],
  ['for another processor', '\x7fELF'.padEnd(18, '\0') + '\xb7\0'],
  ['that is none', 'text'],
])('a native part %s is a fault, but listed alone in a rehearsal for another computer', async (_what, content) => {
  await write('node_modules/other/other.node', content);

  expect(await faults()).toEqual(['node_modules/other/other.node is for another computer']);

  const rehearsed = { ...TARGET, hasForeignNatives: true };
  const inspected = await inspectPackage(unpacked, rehearsed, { folder: application, sources: SOUND_SOURCES });
  expect(inspected.faults).toEqual([]);
  expect(inspected.report.foreignNatives).toEqual(['node_modules/other/other.node']);
});

test('a paper that is not beside the archive is a fault', async () => {
  await faults();
  await rm(path.join(unpacked, 'resources/sbom.cdx.json'));

  const { faults: found } = await inspectPackage(unpacked, TARGET, { folder: application, sources: SOUND_SOURCES });

  expect(found).toEqual(['sbom.cdx.json is not beside the archive']);
});
