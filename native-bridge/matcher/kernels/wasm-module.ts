import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A function of a WebAssembly module: numbers in, a number or nothing out. */
export type WasmFunction = (...numbers: readonly number[]) => number;

/** What a module gives: its memory and its functions by name. */
export interface WasmModule {
  readonly memory: ArrayBuffer;
  /** @throws TypeError when there is no such function: the module was built from other sources. */
  readonly find: (name: string) => WasmFunction;
}

/** The part of the WebAssembly interface that is used here. Source: WebAssembly JavaScript Interface, W3C. */
interface WasmEngine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** TypeScript knows the engine only together with a browser's types, which this code must not see. */
const engine: WasmEngine = Reflect.get(globalThis, 'WebAssembly');

/**
 * An instance of a module that `npm run build:wasm` wrote, or undefined where it was not built. `path` is relative to the
 * project: `.out/wasm/NAME.wasm`. Reading and compiling a few kB takes about a millisecond, once a thread.
 */
export function wasmModule(path: string): WasmModule | undefined {
  const file = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  if (!existsSync(file)) return undefined;
  // AssemblyScript's stub runtime wants an abort; with assertions off nothing calls it.
  const instance = new engine.Instance(new engine.Module(readFileSync(file)), { env: { abort: () => undefined } });
  const memory: unknown = Reflect.get(Object(instance.exports['memory']), 'buffer');
  if (!(memory instanceof ArrayBuffer)) throw new TypeError(`${path} exports no memory.`);
  return {
    memory,
    find: (name) => {
      const found = instance.exports[name];
      if (typeof found !== 'function') throw new TypeError(`${path} has no function ${name}.`);
      return (...numbers) => Number(found(...numbers));
    },
  };
}
