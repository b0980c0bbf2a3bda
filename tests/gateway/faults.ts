import { z } from 'zod';
import { databaseName } from '../../electron/contract/checks.ts';

/** What the gateway can do wrong with one request. Each name says what the station gets to see. */
export const FAULTS = [
  /** Answers, but only after `delayMs`. */
  'slow',
  /** Closes the connection when the first bytes of the file have come; planned for every check, at the upload. */
  'cut',
  /** Closes the connection instead of answering. */
  'drop',
  /** Announces more of a body than it sends, and closes. */
  'truncate',
  /** Bytes that are no JSON. */
  'garbage',
  /** Bytes that are no HTTP. */
  'not-http',
  /** JSON with a field that the profile does not have. */
  'unknown-field',
  /** A body of a megabyte. */
  'over-long',
  /** The right answer, of another transaction. */
  'wrong-transaction',
  /** A match whose best candidate is only possible. */
  'contradiction',
  /** The whole HTTP answer twice on one connection. */
  'duplicate',
  'error-500',
  'error-503',
  'refuse-400',
  'refuse-403',
  /** 429 with `Retry-After: 0`. */
  'busy',
  /** 429 that asks for an hour. */
  'busy-for-long',
  /** Sends elsewhere, where a listener would take the print. */
  'redirect',
  /** Accepts, then knows nothing of it. */
  'forget',
  /** Goes on searching until it is withdrawn: its answer comes after every deadline. */
  'late',
  /** The search itself fails. */
  'search-failed',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Stands for every check. */
export const ANY_CHECK = '*';

/** One fault, at one kind of request of one check (or every check) and database, for the first `times` of them. */
export const plannedFault = z.strictObject({
  check: z.string(),
  database: databaseName,
  at: z.enum(['upload', 'submit', 'follow']),
  fault: z.enum(FAULTS),
  times: z.number().int().min(1),
  delayMs: z.number().int().min(0).default(0),
});
export type PlannedFault = z.infer<typeof plannedFault>;

/** What is still to go wrong. */
export class FaultPlan {
  readonly #left: (PlannedFault & { left: number })[] = [];

  add(...faults: readonly z.input<typeof plannedFault>[]): void {
    this.#left.push(...faults.map((one) => plannedFault.parse(one)).map((one) => ({ ...one, left: one.times })));
  }

  /** Forgets everything that was planned. */
  clear(): void {
    this.#left.length = 0;
  }

  /** The fault of this request, used up by asking. */
  take(at: PlannedFault['at'], check: string, database: string): PlannedFault | null {
    const found = this.#left.find((one) => one.left > 0 && one.at === at && isOf(one, check, database));
    if (found === undefined) return null;
    found.left -= 1;
    return found;
  }

  /** What happens to the search itself, whatever is asked about it. */
  ofSearch(check: string, database: string): Fault | null {
    const found = this.#left.find(
      (one) => (one.fault === 'late' || one.fault === 'search-failed') && isOf(one, check, database),
    );
    return found?.fault ?? null;
  }
}

function isOf(planned: PlannedFault, check: string, database: string): boolean {
  return (planned.check === check || planned.check === ANY_CHECK) && planned.database === database;
}
