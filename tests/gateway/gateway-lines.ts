import { z } from 'zod';
import { databaseName } from '../../electron/contract/checks.ts';
import { plannedFault } from './faults.ts';
import type { LISTENERS, STATIONS } from './reference-gateway.ts';

/** What the gateway's process is told on its input, one JSON line each; it answers each with one line. */
export const gatewayCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('plan'), faults: z.array(plannedFault) }),
  z.strictObject({ do: z.literal('clear') }),
  /** Asks for everything that was counted at the good listener. */
  z.strictObject({ do: z.literal('count') }),
]);
export type GatewayCommand = z.input<typeof gatewayCommand>;

const files = z.strictObject({ certificateFile: z.string(), keyFile: z.string() });

/** What the process says once, when it can be used. */
export const gatewayReady = z.strictObject({
  addresses: z.strictObject({
    good: z.string(),
    'of-another-authority': z.string(),
    expired: z.string(),
    'of-another-name': z.string(),
  } satisfies Record<(typeof LISTENERS)[number], unknown>),
  authorityFile: z.string(),
  stations: z.strictObject({ good: files, 'of-another-authority': files, expired: files } satisfies Record<
    (typeof STATIONS)[number],
    unknown
  >),
});
export type GatewayReady = z.infer<typeof gatewayReady>;

/** What was counted of one transaction number. */
export const countedTransactions = z.array(
  z.strictObject({
    transaction: z.string(),
    check: z.string(),
    database: databaseName,
    submissions: z.number(),
    searches: z.number(),
    lost: z.number(),
    withdrawn: z.number(),
  }),
);
export type CountedTransactions = z.infer<typeof countedTransactions>;
