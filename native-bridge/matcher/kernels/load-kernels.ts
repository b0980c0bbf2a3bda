import { createReferenceKernels } from './reference/reference-kernels.ts';
import type { Kernels } from './kernels.ts';

/** Memory for one extraction, bytes: the largest image that is accepted, with all its planes. */
const MEMORY_BYTES = 32 * 1024 * 1024;

/** The kernels of this thread. */
export function loadKernels(): Kernels & { readonly memoryFloor: number } {
  return { ...createReferenceKernels(MEMORY_BYTES), memoryFloor: 0 };
}
