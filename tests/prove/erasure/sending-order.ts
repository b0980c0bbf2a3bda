import { z } from 'zod';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';

/** What the sending process is to do. */
export const sendingOrder = z.strictObject({
  how: z.enum(['as the station', 'as the library']),
  address: z.string(),
  certificatePem: z.string(),
  keyPem: z.string(),
  authorityPem: z.string(),
  sizeBytes: z.number(),
  times: z.number(),
  seed: z.number(),
});
export type SendingOrder = z.infer<typeof sendingOrder>;

/** Fills the bytes so that any 32 of them can be known again. */
export function fillWithMarks(bytes: Uint8Array, seed: number): void {
  const random = seededRandom(seed);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
}
