import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Builds the WebAssembly modules unless they are newer than their sources, as `npm run build:wasm` does. */
export async function buildWasm(): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('../../../build/build-wasm.ts', import.meta.url))],
    {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    },
  );
}
