/** The part of the WebAssembly interface that is used here. Source: WebAssembly JavaScript Interface, W3C. */
export interface WasmEngine {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/**
 * The engine of this runtime. TypeScript knows its types only together with a browser's, which this code must not see, so
 * it is looked up by name.
 */
export const wasmEngine: WasmEngine = Reflect.get(globalThis, 'WebAssembly');
