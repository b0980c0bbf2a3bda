import { z } from 'zod';
import type { MarkedFinger } from '../erasure/marked-finger.ts';

/** The fingers that come to a station that is killed, one after another. */
export const CRASH_FINGERS: readonly MarkedFinger[] = [9_001, 9_002].flatMap((personSeed) => [
  { personSeed, markerSeed: personSeed, position: 7 },
  { personSeed, markerSeed: personSeed, position: 2 },
]);

/** An end that the station has answered, and that a kill may no longer undo. */
export const acknowledged = z.strictObject({ reference: z.string(), ending: z.enum(['answered', 'declined']) });
export type Acknowledged = z.infer<typeof acknowledged>;
