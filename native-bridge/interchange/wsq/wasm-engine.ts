/** Memory of a module: linear, grown by whole pages. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of the WebAssembly interface that is used here. Source: WebAssembly JavaScript Interface, W3C. */
export interface WasmEngine {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

/** Looked up by name, because TypeScript knows its types only together with a browser's, which this code must not see. */
export const wasmEngine: WasmEngine = Reflect.get(globalThis, 'WebAssembly');

/** Bytes of a page. Source: WebAssembly core specification 1.0. */
export const WASM_PAGE_BYTES = 65_536;
