/** Overwrites the whole buffer with zeroes. Cost: one pass over `buffer.byteLength` bytes. */
export function zeroise(buffer: SharedArrayBuffer | ArrayBuffer): void {
  new Uint8Array(buffer).fill(0);
}

/** True when every byte is zero. Cost: one pass. */
export function isAllZero(buffer: SharedArrayBuffer | ArrayBuffer): boolean {
  const wholeWords = Math.floor(buffer.byteLength / 4);
  const words = new Uint32Array(buffer, 0, wholeWords);
  for (let index = 0; index < words.length; index += 1) if (words[index] !== 0) return false;
  const rest = new Uint8Array(buffer, wholeWords * 4);
  return rest.every((byte) => byte === 0);
}
