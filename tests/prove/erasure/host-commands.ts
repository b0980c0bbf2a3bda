import { z } from 'zod';

/** What the proof asks of the station that it looks at, one JSON line each. */
export const hostCommand = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('present'),
    personSeed: z.number(),
    position: z.number().min(1).max(10),
    markerSeed: z.number(),
  }),
  /** Searches that begin from now on wait before they search. */
  z.strictObject({ do: z.literal('hold-searches') }),
  z.strictObject({ do: z.literal('let-searches-go') }),
  /** The scanner's time stands still, in the middle of what it sends. */
  z.strictObject({ do: z.literal('stop-the-scanner') }),
  z.strictObject({ do: z.literal('let-the-scanner-go') }),
  z.strictObject({ do: z.literal('raise'), event: z.enum(['screen-locked', 'suspending']) }),
  z.strictObject({ do: z.literal('unplug') }),
  z.strictObject({ do: z.literal('plug-in') }),
  z.strictObject({ do: z.literal('spend-time') }),
  z.strictObject({ do: z.literal('close') }),
]);
export type HostCommand = z.infer<typeof hostCommand>;

/** What the station says once, when it can be used. */
export const hostReady = z.strictObject({ address: z.string(), officerPassword: z.string() });
export type HostReady = z.infer<typeof hostReady>;
