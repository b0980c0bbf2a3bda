import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wasmEngine } from '../../wasm-engine.ts';
import type { FilterKernel, FilterLimits, FilterPlaces } from './filter-kernel.ts';
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

function pointers(at: FilterPlaces): readonly number[] {
  return [
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
  ];
}

function limitsOf(limits: FilterLimits): readonly number[] {
  return [limits.turnBuckets, limits.reachBits, limits.shiftLimitPx, limits.turnLimitSteps];
}

/** Sets up the WebAssembly kernel. */
export function createWasmFilter(code: Uint8Array, memoryBytes: number): FilterKernel {
  const memory = new wasmEngine.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
  const instance = new wasmEngine.Instance(new wasmEngine.Module(code), { env: { memory } });
  const { vote, verify } = instance.exports;
  if (typeof vote !== 'function' || typeof verify !== 'function') {
    throw new TypeError('gallery-filter.wasm does not export vote and verify: it was built from other sources');
  }
  return {
    implementation: 'wasm-simd',
    memory: memory.buffer,
    vote(at, limits) {
      vote(...pointers(at), ...limitsOf(limits), at.votes);
    },
    verify(at, limits) {
      verify(
        ...pointers(at),
        ...limitsOf(limits),
        at.votes,
        limits.rounds,
        limits.wideLimitPx ** 2,
        limits.closeLimitPx ** 2,
        limits.angleLimitSteps,
        limits.overlapPx ** 2,
        limits.likenessBits,
        limits.turnPriorPx2,
        limits.scoreScale,
        limits.voteScale,
      );
    },
  };
}
