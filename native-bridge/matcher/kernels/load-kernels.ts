import type { Kernels } from './kernels.ts';
import { createReferenceKernels } from './reference/reference-kernels.ts';
import { wasmModule } from './wasm-module.ts';

/** Memory for one extraction, bytes: the largest image that is accepted, with all its planes. */
const MEMORY_BYTES = 32 * 1024 * 1024;

/** Where `npm run build:wasm` puts the module. */
const MODULE_PATH = '.out/wasm/extraction.wasm';

/** The kernels as WebAssembly, or undefined where the module was not built. */
export function loadWasmKernels(): Kernels | undefined {
  const wasm = wasmModule(MODULE_PATH);
  if (wasm === undefined) return undefined;
  return {
    implementation: 'wasm-simd',
    memory: wasm.memory,
    floor: wasm.find('floor')(),
    blockMoments: wasm.find('blockMoments'),
    normalise: wasm.find('normalise'),
    gradientMoments: wasm.find('gradientMoments'),
    filterTiles: wasm.find('filterTiles'),
    phases: wasm.find('phases'),
    dislocations: wasm.find('dislocations'),
    binarise: wasm.find('binarise'),
    soften: wasm.find('soften'),
    thin: wasm.find('thin'),
  };
}

/** The kernels of this thread: WebAssembly where it was built, else TypeScript with the same results. */
export function loadKernels(): Kernels {
  return loadWasmKernels() ?? createReferenceKernels(MEMORY_BYTES);
}
