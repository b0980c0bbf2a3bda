import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WsqKernel } from '../../../native-bridge/interchange/wsq/kernel.ts';
import { referenceKernel } from '../../../native-bridge/interchange/wsq/reference-kernel.ts';
import { createWasmKernel } from '../../../native-bridge/interchange/wsq/wasm-kernel.ts';

const WASM_FILE = path.resolve(import.meta.dirname, '../../../.out/wasm/wsq.wasm');

/** A fresh compiled kernel. @throws Error when `npm run build:wasm` has not been run */
export function freshWasmKernel(): WsqKernel {
  if (!existsSync(WASM_FILE)) throw new Error('.out/wasm/wsq.wasm is missing: run npm run build:wasm');
  return createWasmKernel(readFileSync(WASM_FILE));
}

/** Both builds of the arithmetic, by name. */
export const KERNELS: readonly (readonly [string, () => WsqKernel])[] = [
  ['TypeScript', () => referenceKernel],
  ['WebAssembly', freshWasmKernel],
];
