import type { ComparisonKernel } from './comparison-kernel.ts';
import { kernelViews } from './kernel-views.ts';
import { similarities } from './reference/similarities.ts';
import { wasmModule } from './wasm-module.ts';

/** Memory for two packed fingers of 128 minutiae and their similarities, bytes. */
const MEMORY_BYTES = 512 * 1024;

/** Where `npm run build:wasm` puts the module. */
const MODULE_PATH = '.out/wasm/comparison.wasm';

/** The kernel as WebAssembly, or undefined where the module was not built. */
export function loadWasmComparisonKernel(): ComparisonKernel | undefined {
  const wasm = wasmModule(MODULE_PATH);
  if (wasm === undefined) return undefined;
  return {
    implementation: 'wasm-simd',
    memory: wasm.memory,
    floor: wasm.find('floor')(),
    similarities: wasm.find('similarities'),
  };
}

/** The kernel in TypeScript. */
export function createReferenceComparisonKernel(): ComparisonKernel {
  const memory = new ArrayBuffer(MEMORY_BYTES);
  const views = kernelViews(memory);
  return {
    implementation: 'typescript',
    memory,
    floor: 64,
    similarities: (...where) => similarities(views, ...where),
  };
}

/** The kernel of this thread: WebAssembly where it was built, else TypeScript with the same results. */
export function loadComparisonKernel(): ComparisonKernel {
  return loadWasmComparisonKernel() ?? createReferenceComparisonKernel();
}
