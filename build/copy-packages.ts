import { cp, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  license: z.string().optional(),
});

export interface NativeTarget {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

/** Dependencies that packages have for their installation alone: fetching, unpacking and compiling native parts. */
const FOR_INSTALLATION = new Set(['node-addon-api', 'node-gyp', 'prebuild-install', 'tar']);

/** Files of a package that run nothing: sources of native parts, type definitions, source maps, documentation, tests. */
const NEVER_RUN = [
  /\.(d\.[mc]?ts|[mc]?ts|map|md|markdown|gyp|gypi|c|cc|cpp|h|hpp|o|a|mk|yml|sh|txt|flow)$/i,
  /^(test|tests|docs|doc|examples?|benchmarks?|bench|hidapi|src\/.*\.cc|deps|node-addon-api|scripts|types|\.github)(\/|$)/,
  /^build\/(?!Release($|\/[^/]+\.node$))./,
];
/** Needed to run although a rule above names them, or to be allowed to pass them on. */
const ALWAYS_KEPT = [/(^|\/)licen[cs]e/i, /(^|\/)notice/i, /(^|\/)copying/i];

/**
 * Copies packages and everything that they depend on from the project's node_modules into `folder`/node_modules, without
 * what is never run and without native parts for other computers. A dependency that is installed inside another package
 * stays inside it. Answers the folders that were copied.
 */
export async function copyPackages(
  projectFolder: string,
  folder: string,
  names: readonly string[],
  target: NativeTarget,
): Promise<readonly string[]> {
  const sources = await packagesBehind(projectFolder, names);
  for (const source of sources) {
    await copyOne(source, path.join(folder, path.relative(projectFolder, source)), target);
  }
  return sources;
}

/** The folders of packages and of everything that they need to run. @throws Error when one is not installed */
export async function packagesBehind(projectFolder: string, names: readonly string[]): Promise<readonly string[]> {
  const done = new Set<string>();
  const waiting = names.map((name) => ({ name, from: projectFolder, isOptional: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const source = await packageFolder(next.name, next.from);
    if (source === null && next.isOptional) continue;
    if (source === null) throw new Error(`${next.name} is needed by the package and is not installed`);
    if (done.has(source)) continue;
    done.add(source);
    const { dependencies, optionalDependencies } = manifest.parse(
      JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')),
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (!FOR_INSTALLATION.has(name)) waiting.push({ name, from: source, isOptional: name in optionalDependencies });
    }
  }
  return [...done];
}

/** The folder that `require(name)` from `from` would look into, or null. */
async function packageFolder(name: string, from: string): Promise<string | null> {
  const lookups = createRequire(path.join(from, 'package.json')).resolve.paths(`${name}/package.json`) ?? [];
  for (const lookup of lookups) {
    const folder = path.join(lookup, name);
    if (
      await stat(path.join(folder, 'package.json')).then(
        () => true,
        () => false,
      )
    )
      return folder;
  }
  return null;
}

async function copyOne(source: string, destination: string, target: NativeTarget): Promise<void> {
  await cp(source, destination, {
    recursive: true,
    filter: (file) => {
      const inside = path.relative(source, file).split(path.sep).join('/');
      if (inside === '' || ALWAYS_KEPT.some((rule) => rule.test(inside))) return true;
      if (inside === 'node_modules' || inside.startsWith('node_modules/')) return false;
      return isForTarget(inside, target) && !NEVER_RUN.some((rule) => rule.test(inside));
    },
  });
}

/** Packages with `prebuilds/NAME-PLATFORM-ARCHITECTURE` bring one for each computer; one is enough. */
function isForTarget(inside: string, { platform, architecture }: NativeTarget): boolean {
  const [, prebuild] = /^prebuilds\/([^/]+)/.exec(inside) ?? [];
  return prebuild === undefined || prebuild.endsWith(`-${platform}-${architecture}`);
}
