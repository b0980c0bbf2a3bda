import { looksTagged } from '../ansi-nist/read-tagged-record.ts';
import { isMinutiaeTemplate } from '../iso-19794/read-minutiae-template.ts';

/** The kinds of file that the command tells apart by their first bytes. */
export type FileFormat = 'wsq' | 'ansi-nist' | 'minutiae' | 'other';

/** Tells a file's format by its first bytes; `other` may still be an ordinary image. */
export function formatOf(bytes: Uint8Array): FileFormat {
  if (bytes[0] === 0xff && bytes[1] === 0xa0) return 'wsq';
  if (isMinutiaeTemplate(bytes)) return 'minutiae';
  return bytes[0] === 0x31 && looksTagged(bytes, 0) ? 'ansi-nist' : 'other';
}
