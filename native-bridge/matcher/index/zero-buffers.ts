/** Zeroes every typed array that is reached from `value` over plain objects and arrays: what a comparer prepared of a probe. */
export function zeroBuffers(value: unknown, seen = new Set<object>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0);
    return;
  }
  for (const part of Object.values(value)) zeroBuffers(part, seen);
}
