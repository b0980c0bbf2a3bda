import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown, type OutputChunk, type Plugin } from 'rolldown';
import { z } from 'zod';
import { buildRenderer } from './build-renderer.ts';
import { copyPackages, packagesBehind } from './copy-packages.ts';
import {
  billOfMaterials,
  importedPackages,
  licenceText,
  packageFolderOf,
  thirdParties,
  type ThirdParty,
} from './third-party-licences.ts';

/** What is not bundled: packages with native code, or with files that they look for beside their own. */
const LEFT_AS_PACKAGES = ['@node-rs/argon2', 'knex', 'node-hid', 'piscina', 'sqlite3'] as const;

/** Where the entries lie in the application folder: as deep as their sources, so that `../../../.out/wasm` still fits. */
const ENTRY_FOLDER = 'electron/hosts/electron';

export interface BundleOptions {
  /** With the simulated scanner and synthetic galleries. */
  readonly isTraining: boolean;
  /** For whom native parts are copied, where a package brings several. */
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

interface Product {
  readonly name: string;
  readonly version: string;
}

/** What a bundle consists of. */
export interface Bundle {
  readonly folder: string;
  /** Source files of the project that went into the main process, relative to it. */
  readonly sources: readonly string[];
}

/** The application folder of this computer's own station, as `npm start` opens it: a training one. */
export async function bundleForElectron(projectFolder: string): Promise<string> {
  const { folder } = await bundleApplication(projectFolder, {
    isTraining: true,
    platform: process.platform,
    architecture: process.arch,
  });
  return folder;
}

/** Puts everything that Electron needs into `.out/app/{production,training}`: bundled code, page, WebAssembly, packages. */
export async function bundleApplication(projectFolder: string, options: BundleOptions): Promise<Bundle> {
  const folder = path.join(projectFolder, '.out/app', options.isTraining ? 'training' : 'production');
  await rm(folder, { recursive: true, force: true });
  const entries = path.join(folder, ENTRY_FOLDER);
  const main = options.isTraining ? 'main-training' : 'main';
  const chunks = [
    ...(await bundle(projectFolder, entries, 'esm', {
      main: `${ENTRY_FOLDER}/${main}.ts`,
      'matcher-worker': 'native-bridge/matcher/matcher-worker.ts',
    })),
    ...(await bundle(projectFolder, entries, 'cjs', { preload: `${ENTRY_FOLDER}/preload.ts` })),
  ];
  await buildRenderer(projectFolder);
  await cp(path.join(projectFolder, '.out/renderer'), path.join(entries, 'renderer'), { recursive: true });
  await copyWasm(projectFolder, folder, chunks);
  const copied = await copyPackages(projectFolder, folder, LEFT_AS_PACKAGES, options);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const bundled = modules.map(packageFolderOf).filter((parent) => parent !== null);
  const product = await writeManifest(projectFolder, folder);
  // Not in the archive, but in every package; the papers of what is inside it come with it.
  const runtime = path.join(projectFolder, 'node_modules/electron');
  const shown = await packagesBehind(projectFolder, await packagesOfRenderer(projectFolder));
  await writeProvenance(folder, product, await thirdParties([...copied, ...bundled, ...shown, runtime]));
  const sources = modules.map((id) => path.relative(projectFolder, id));
  return { folder, sources: [...new Set(sources)].filter((file) => !file.startsWith('node_modules')).toSorted() };
}

/**
 * Bundles each entry, by its name, into one file without types: `platform: node`, native packages left where they are. A
 * worker that is started by its address must be an entry too.
 */
export async function bundle(
  projectFolder: string,
  into: string,
  format: 'esm' | 'cjs',
  input: Readonly<Record<string, string>>,
): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    cwd: projectFolder,
    input: { ...input },
    platform: 'node',
    external: ['electron', ...LEFT_AS_PACKAGES],
    plugins: [pointAtBundledWorkers(Object.keys(input))],
    checks: { eval: true, pluginTimings: false },
  });
  const suffix = format === 'esm' ? 'js' : 'cjs';
  const { output } = await build.write({
    dir: into,
    format,
    entryFileNames: `[name].${suffix}`,
    chunkFileNames: `[name]-[hash].${suffix}`,
    sourcemap: false,
    // Comments go; names and lines stay, so that a stack trace can be read.
    minify: { compress: false, mangle: false, codegen: true },
  });
  await build.close();
  return output.filter((file): file is OutputChunk => file.type === 'chunk');
}

/** `new URL('./worker.ts', import.meta.url)` names a source; in the bundle it names the entry of that name. */
function pointAtBundledWorkers(entries: readonly string[]): Plugin {
  return {
    name: 'point-at-bundled-workers',
    renderChunk(code) {
      return code.replaceAll(
        /new URL\((["'`])\.\/([\w-]+)\.ts\1, import\.meta\.url\)/g,
        (_all, _quote, name: string) => {
          if (!entries.includes(name))
            throw new Error(`${name}.ts is started by its address and is no entry of the bundle`);
          return `new URL("./${name}.js", import.meta.url)`;
        },
      );
    },
  };
}

/** Every WebAssembly file that the code names. One that was not built is a fault of the build, not of the package. */
async function copyWasm(projectFolder: string, folder: string, chunks: readonly OutputChunk[]): Promise<void> {
  const named = chunks.flatMap(({ code }) =>
    [...code.matchAll(/["'`](?:\.\.\/)*(\.out\/wasm\/[\w-]+\.wasm)["'`]/g)].map(([, file = '']) => file),
  );
  await mkdir(path.join(folder, '.out/wasm'), { recursive: true });
  if (named.length === 0)
    throw new Error('no WebAssembly is named in the bundle: the way it is looked for is out of date');
  for (const file of new Set(named)) await cp(path.join(projectFolder, file), path.join(folder, file));
}

/** The application's own package.json: what Electron reads, and nothing of the development. */
async function writeManifest(projectFolder: string, folder: string): Promise<Product> {
  const manifest = z
    .object({
      name: z.string(),
      version: z.string(),
      description: z.string(),
      license: z.string(),
      dependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8')));
  const dependencies = Object.fromEntries(LEFT_AS_PACKAGES.map((name) => [name, manifest.dependencies[name]]));
  const written = { ...manifest, dependencies, type: 'module', main: `${ENTRY_FOLDER}/main.js` };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(written, null, 2)}\n`);
  return { name: manifest.name, version: manifest.version };
}

/** Packages that the page is built of; they are development dependencies, for they are bundled. */
async function packagesOfRenderer(projectFolder: string): Promise<readonly string[]> {
  const { dependencies, devDependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8')));
  return importedPackages(path.join(projectFolder, 'renderer'), Object.keys({ ...dependencies, ...devDependencies }));
}

/** What is inside, and under which licences: read by whoever is given the package. */
async function writeProvenance(folder: string, product: Product, parties: readonly ThirdParty[]): Promise<void> {
  await writeFile(path.join(folder, 'THIRD-PARTY-LICENCES.txt'), licenceText(parties));
  await writeFile(
    path.join(folder, 'sbom.cdx.json'),
    `${JSON.stringify(billOfMaterials(product, parties), null, 2)}\n`,
  );
}
