import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filterBank } from '../filter-bank.ts';
import { FIELD_LIMIT, FILTER_RADIUS, FILTER_SHIFT } from '../parameters.ts';
import { MASTER_LAYOUT } from './field-layout.ts';
import type { GrowKernel } from './grow-step.ts';
import { createReferenceGrowKernel } from './reference-grow-kernel.ts';
import { wasmEngine } from '../../wasm-engine.ts';

/** What `npm run build:wasm` makes of assembly/grow.ts. */
const WASM_FILE = fileURLToPath(new URL('../../../.out/wasm/synthesis-grow.wasm', import.meta.url));
/** Bytes of a WebAssembly page. Source: WebAssembly core specification 1.0. */
const PAGE_BYTES = 65_536;

let loaded: GrowKernel | undefined;

/** The kernel of this thread: WebAssembly where it was built, else the reference, which gives the same integers slower. */
export function loadGrowKernel(): GrowKernel {
  loaded ??= existsSync(WASM_FILE) ? createWasmGrowKernel(readFileSync(WASM_FILE)) : createReferenceGrowKernel();
  return loaded;
}

/** Sets up the WebAssembly kernel with memory for one master. */
export function createWasmGrowKernel(code: Uint8Array): GrowKernel {
  const layout = MASTER_LAYOUT;
  const filters = filterBank();
  // 64 bytes between the parts keep a filter's last read of 16 cells inside the memory.
  const sizes = [
    layout.length * 2,
    layout.length * 2,
    layout.columns * layout.rows * 2,
    layout.rows * 4,
    layout.rows * 4,
    filters.byteLength,
  ];
  const offsets: number[] = [];
  let end = 1_024;
  for (const size of sizes) {
    offsets.push(end);
    end += Math.ceil(size / 16) * 16 + 64;
  }
  const memory = new wasmEngine.Memory({ initial: Math.ceil(end / PAGE_BYTES) });
  const instance = new wasmEngine.Instance(new wasmEngine.Module(code), { env: { memory } });
  const growField = instance.exports['growField'];
  if (typeof growField !== 'function') throw new TypeError('synthesis-grow.wasm does not export growField');
  const [field, other, numbers, starts, ends, bank] = offsets;
  new Int16Array(memory.buffer, bank, filters.length).set(filters);
  const cellZero = layout.origin * 2;
  const step = (from: number, to: number): void => {
    const at = [from + cellZero, to + cellZero, numbers, starts, ends] as const;
    growField(...at, layout.rows, layout.columns, layout.stride * 2, bank, FILTER_RADIUS, FILTER_SHIFT, FIELD_LIMIT);
  };
  return {
    layout,
    field: new Int16Array(memory.buffer, field, layout.length),
    filterNumbers: new Uint16Array(memory.buffer, numbers, layout.columns * layout.rows),
    starts: new Int32Array(memory.buffer, starts, layout.rows),
    ends: new Int32Array(memory.buffer, ends, layout.rows),
    grow: (steps) => {
      new Int16Array(memory.buffer, other, layout.length).fill(0);
      for (let i = 0; i < steps; i += 2) {
        step(field, other);
        step(other, field);
      }
    },
  };
}
