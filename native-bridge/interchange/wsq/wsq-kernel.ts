import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WsqKernel } from './kernel.ts';
import { referenceKernel } from './reference-kernel.ts';
import { createWasmKernel } from './wasm-kernel.ts';

/** What `npm run build:wasm` makes of assembly/wsq.ts. */
const WASM_FILE = fileURLToPath(new URL('../../../.out/wasm/wsq.wasm', import.meta.url));

let chosen: WsqKernel | undefined;

/** The kernel of this thread: WebAssembly where it was built, else the reference, which gives the same bytes slower. */
export function wsqKernel(): WsqKernel {
  chosen ??= existsSync(WASM_FILE) ? createWasmKernel(readFileSync(WASM_FILE)) : referenceKernel;
  return chosen;
}
