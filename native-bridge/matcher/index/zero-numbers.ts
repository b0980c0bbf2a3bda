/**
 * Overwrites every number that is reached from `value` over typed arrays, plain objects and arrays: what was decoded or
 * prepared of a probe. What the engine copied elsewhere while it optimised is beyond anybody's reach.
 */
export function zeroNumbers(value: object, seen = new Set<object>()): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(0);
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === 'number') Reflect.set(value, key, 0);
    else if (typeof part === 'object' && part !== null) zeroNumbers(part, seen);
  }
}
