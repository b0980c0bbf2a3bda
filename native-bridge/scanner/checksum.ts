/** CRC-16/IBM-3740 ("CCITT-FALSE"): polynomial 0x1021, start 0xFFFF, nothing reflected. Its check value is 0x29B1. */
const CRC16_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** CRC-32/ISO-HDLC (that of zlib and PNG): polynomial 0xEDB88320 reflected. Its check value is 0xCBF43926. */
const CRC32_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Computes the CRC-16 (CCITT-FALSE) of the first `length` bytes, which guards one report. */
export function crc16(bytes: Uint8Array, length: number): number {
  let crc = 0xffff;
  for (let at = 0; at < length; at += 1) {
    crc = ((crc << 8) ^ (CRC16_TABLE[((crc >>> 8) ^ (bytes[at] ?? 0)) & 0xff] ?? 0)) & 0xffff;
  }
  return crc;
}

/** Computes the CRC-32 (zlib) of the bytes, which guards one whole image. The bytes may be shared memory. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ (CRC32_TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
