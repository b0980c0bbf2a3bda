import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compiler from 'assemblyscript/package.json' with { type: 'json' };

/** One WebAssembly module: every `.ts` file beside its entry is taken for its source. */
interface WasmEntry {
  readonly entry: string;
  readonly output: string;
  /** Pages of 64 KiB that the module sets aside at the start and never grows, or 0 for memory from the caller. */
  readonly pages: number;
}

/** Every WebAssembly module of the product. A loader falls back to its TypeScript reference where one is missing. */
const ENTRIES: readonly WasmEntry[] = [
  { entry: 'native-bridge/synthesis/kernels/assembly/grow.ts', output: '.out/wasm/synthesis-grow.wasm', pages: 0 },
  { entry: 'native-bridge/matcher/kernels/assembly/extraction.ts', output: '.out/wasm/extraction.wasm', pages: 512 },
  { entry: 'native-bridge/matcher/kernels/assembly/comparison.ts', output: '.out/wasm/comparison.wasm', pages: 8 },
  { entry: 'native-bridge/matcher/index/assembly/filter.ts', output: '.out/wasm/gallery-filter.wasm', pages: 0 },
  { entry: 'native-bridge/interchange/wsq/assembly/wsq.ts', output: '.out/wasm/wsq.wasm', pages: 0 },
];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Speed first, SIMD, no run-time library. Source: `asc --help`. */
const COMPILER_OPTIONS = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];

/** A hash of everything that the output depends on: sources, options and the compiler's version. */
async function sourceHash({ entry, pages }: WasmEntry): Promise<string> {
  const folder = join(ROOT, dirname(entry));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).toSorted();
  const hash = createHash('sha256').update(JSON.stringify([compiler.version, COMPILER_OPTIONS, entry, pages]));
  for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
  return hash.digest('hex');
}

async function build(wasm: WasmEntry): Promise<'built' | 'unchanged'> {
  const output = join(ROOT, wasm.output);
  const stamp = `${output}.sources`;
  const hash = await sourceHash(wasm);
  const [builtFrom, existing] = await Promise.all([
    readFile(stamp, 'utf8').catch(() => ''),
    readFile(output).catch(() => undefined),
  ]);
  if (builtFrom === hash && existing !== undefined) return 'unchanged';
  await mkdir(dirname(output), { recursive: true });
  const pages = String(wasm.pages);
  const memory = wasm.pages === 0 ? ['--importMemory'] : ['--initialMemory', pages, '--maximumMemory', pages];
  // Only now: loading the compiler takes longer than finding that there is nothing to compile.
  const { main } = await import('assemblyscript/asc');
  const result = await main([wasm.entry, '--baseDir', ROOT, '--outFile', wasm.output, ...COMPILER_OPTIONS, ...memory]);
  if (result.error) throw new Error(`${wasm.entry}: ${result.error.message}\n${result.stderr.toString()}`);
  await writeFile(stamp, hash);
  return 'built';
}

for (const wasm of ENTRIES) {
  // To stderr, since scripts that build first print results for other programs.
  if ((await build(wasm)) === 'built') process.stderr.write(`built ${wasm.output}\n`);
}
