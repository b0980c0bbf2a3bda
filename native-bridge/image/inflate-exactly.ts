import { inflateSync } from 'node:zlib';
import { ImageFault } from './image-fault.ts';

/**
 * Inflates a zlib stream that must give `expectedBytes` bytes, and never more: a small file cannot ask for much memory.
 * @throws ImageFault `image.truncated` when the stream ends early, `image.damaged` when it is no zlib stream or gives more
 */
export function inflateExactly(compressed: Uint8Array, expectedBytes: number): Uint8Array {
  let inflated: Uint8Array;
  try {
    inflated = inflateSync(compressed, { maxOutputLength: expectedBytes });
  } catch (cause) {
    const endsEarly = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
    throw new ImageFault(endsEarly ? 'image.truncated' : 'image.damaged', { part: 'compressed pixels' }, { cause });
  }
  if (inflated.length < expectedBytes) {
    throw new ImageFault('image.truncated', { neededBytes: expectedBytes, presentBytes: inflated.length });
  }
  return inflated;
}
