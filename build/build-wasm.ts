import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

/** One AssemblyScript entry and the name of its WebAssembly file. */
interface WasmEntry {
  readonly name: string;
  readonly source: string;
}

/** Every WebAssembly module of the product. A loader falls back to its TypeScript reference where one is missing. */
const ENTRIES: readonly WasmEntry[] = [
  { name: 'synthesis-grow', source: 'native-bridge/synthesis/kernels/assembly/grow.ts' },
];

/** Speed first, SIMD, memory from the caller, no run-time library. Source: `asc --help`. */
const COMPILER_FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

async function modifiedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** Compiles one entry unless its module is newer than its source and than this script. */
async function build({ name, source }: WasmEntry): Promise<void> {
  const target = path.join(ROOT, '.out/wasm', `${name}.wasm`);
  const sources = [path.join(ROOT, source), fileURLToPath(import.meta.url)];
  const newest = Math.max(...(await Promise.all(sources.map(modifiedAt))));
  if ((await modifiedAt(target)) > newest) return;
  const { error, stderr } = await compile([source, '--baseDir', ROOT, '--outFile', `${name}.wasm`, ...COMPILER_FLAGS], {
    readFile: (file, baseDir) => readFile(path.resolve(baseDir, file), 'utf8').catch(() => null),
    writeFile: async (_, contents) => {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, contents);
    },
    listFiles: () => null,
  });
  if (error) throw new Error(`${source}: ${stderr.toString()}`, { cause: error });
  console.log(`built ${path.relative(ROOT, target)}`);
}

for (const entry of ENTRIES) await build(entry);
