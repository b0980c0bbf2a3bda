/** One linear memory seen as each kind of element that kernels use. */
export interface KernelViews {
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
}

/** Lays the views over `memory`, whose length must be a multiple of 4 bytes. */
export function kernelViews(memory: ArrayBuffer): KernelViews {
  return {
    u8: new Uint8Array(memory),
    i16: new Int16Array(memory),
    i32: new Int32Array(memory),
    u32: new Uint32Array(memory),
    f32: new Float32Array(memory),
  };
}
