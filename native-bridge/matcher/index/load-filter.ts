import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wasmEngine } from '../../wasm-engine.ts';
import type { FilterKernel } from './filter-kernel.ts';
import { createFilterReference } from './filter-reference.ts';

/** What `npm run build:wasm` makes of assembly/filter.ts. */
const WASM_FILE = fileURLToPath(new URL('../../../.out/wasm/gallery-filter.wasm', import.meta.url));

/** Bytes of a WebAssembly page. Source: WebAssembly core specification 1.0. */
const PAGE_BYTES = 65_536;

/** A filter kernel with memory of its own: WebAssembly where it was built, else the reference, same votes but slower. */
export function loadFilter(memoryBytes: number): FilterKernel {
  if (!existsSync(WASM_FILE)) return createFilterReference(memoryBytes);
  return createWasmFilter(readFileSync(WASM_FILE), memoryBytes);
}

/** Sets up the WebAssembly kernel. */
export function createWasmFilter(code: Uint8Array, memoryBytes: number): FilterKernel {
  const memory = new wasmEngine.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
  const instance = new wasmEngine.Instance(new wasmEngine.Module(code), { env: { memory } });
  const vote = instance.exports['vote'];
  if (typeof vote !== 'function') throw new TypeError('gallery-filter.wasm does not export vote');
  return {
    implementation: 'wasm-simd',
    memory: memory.buffer,
    vote(at, limits) {
      vote(
        at.probeCount,
        at.probeCodes,
        at.probeAngle,
        at.probeX,
        at.probeY,
        at.fingers,
        at.starts,
        at.codes,
        at.angle,
        at.x,
        at.y,
        at.turns,
        at.scratch,
        limits.turnBuckets,
        limits.reachBits,
        limits.shiftLimitPx,
        limits.turnLimitSteps,
        at.votes,
      );
    },
  };
}
