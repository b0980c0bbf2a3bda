/**
 * Gives memory back to the system at once; nothing may look at it afterwards. Left to the engine, hundreds of megabytes of
 * short-lived buffers gather before it looks. For buffers of their own, never for a view of somebody else's.
 */
export function releaseMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
