import { z } from 'zod';
import { MAXIMUM_MESSAGE_BYTES } from '../contract/limits.ts';

/** oRPC's message type for "the caller no longer waits". */
const ABORT = 4;

const callNumber = z.string().min(1).max(20);

/**
 * The two messages that a renderer has any reason to send: a call with plain JSON, and its cancellation. No header, no
 * binary part, no typed value: the contract has none of them.
 */
const callMessage = z.union([
  z.strictObject({
    i: callNumber,
    p: z.strictObject({
      u: z
        .string()
        .max(100)
        .regex(/^\/[a-zA-Z]+\/[a-zA-Z]+$/),
      b: z.strictObject({ json: z.unknown() }).partial(),
    }),
  }),
  z.strictObject({ i: callNumber, t: z.literal(ABORT) }),
]);

/**
 * True when a message from a renderer is one that the server may be given. Everything else, binary included, is dropped
 * before anything parses it further: a message that oRPC cannot read would otherwise end as an unhandled rejection.
 */
export function isCallMessage(message: unknown): message is string {
  if (typeof message !== 'string' || Buffer.byteLength(message) > MAXIMUM_MESSAGE_BYTES) return false;
  try {
    return callMessage.safeParse(JSON.parse(message)).success;
  } catch {
    return false;
  }
}
