import type { DatabaseName } from '../../../electron/contract/checks.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import type { PlannedFault } from '../../gateway/faults.ts';
import type { Listener } from '../../gateway/reference-gateway.ts';

/** What the officer does when a database is outstanding. */
export type Officer = 'goes-on-without' | 'tries-again' | 'waits';

/** The end that must be reached: `found` where the fault is overcome, and the gallery alone decides; else the outage. */
export type Predicted =
  | { readonly kind: 'found'; readonly came: 'in-time' | 'late' }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly came: 'in-time' | 'given-up' }
  | { readonly kind: 'timed-out'; readonly came: 'given-up' };

/** One row of the table: a fault, what the officer does, and how that must end. Written down by hand from docs/gateway.md. */
export interface FaultRow {
  readonly fault: PlannedFault['fault'] | null;
  readonly at: PlannedFault['at'];
  readonly times: number;
  readonly delayMs?: number;
  readonly listener?: Listener;
  readonly officer?: Officer;
  readonly predicted: Predicted;
  /** Searches that the gateway must have begun under the one number. */
  readonly searches: number;
}

const FOUND: Predicted = { kind: 'found', came: 'in-time' };
const FOUND_LATE: Predicted = { kind: 'found', came: 'late' };
/** More often than any search asks. */
const ALWAYS = 1_000;
/** Attempts of one search. Source: docs/gateway.md. */
const ATTEMPTS = 5;
/** Longer than the deadline of the run, shorter than the limit of what is outstanding, milliseconds. */
const SLOWER_THAN_THE_DEADLINE_MS = 8_000;

const ended = (reason: string): Predicted => ({ kind: 'unavailable', reason, came: 'in-time' });
const givenUp = (reason: string): Predicted => ({ kind: 'unavailable', reason, came: 'given-up' });
const overcome = (fault: PlannedFault['fault'], at: PlannedFault['at'], times: number): FaultRow => ({
  fault,
  at,
  times,
  predicted: FOUND,
  searches: 1,
});

/** Faults that are overcome by asking again under the same number. */
const OVERCOME: readonly FaultRow[] = [
  overcome('drop', 'submit', 1),
  overcome('drop', 'follow', 2),
  overcome('truncate', 'submit', 1),
  overcome('truncate', 'follow', 1),
  overcome('garbage', 'submit', 1),
  overcome('garbage', 'follow', 2),
  overcome('not-http', 'submit', 1),
  overcome('unknown-field', 'follow', 1),
  overcome('over-long', 'follow', 1),
  overcome('wrong-transaction', 'follow', 1),
  overcome('wrong-transaction', 'submit', 1),
  overcome('contradiction', 'follow', 1),
  overcome('duplicate', 'follow', 1),
  overcome('error-500', 'submit', 2),
  overcome('error-503', 'follow', 1),
  overcome('busy', 'submit', 2),
  { ...overcome('slow', 'follow', 1), delayMs: 300 },
  { ...overcome('forget', 'follow', 1), searches: 2 },
  // The first attempt of the search spends itself; the officer tries again, under the same number.
  { ...overcome('error-500', 'submit', ATTEMPTS), officer: 'tries-again', predicted: FOUND_LATE },
  { ...overcome('slow', 'follow', 1), delayMs: SLOWER_THAN_THE_DEADLINE_MS, officer: 'waits', predicted: FOUND_LATE },
];

/** Faults that are not, and what the officer and the counts are told instead of an answer. */
const FATAL: readonly FaultRow[] = [
  { fault: 'drop', at: 'submit', times: ALWAYS, predicted: givenUp('gateway-unreachable'), searches: 1 },
  { fault: 'error-500', at: 'submit', times: ALWAYS, predicted: givenUp('gateway-failed'), searches: 0 },
  { fault: 'garbage', at: 'follow', times: ALWAYS, predicted: givenUp('gateway-unreadable'), searches: 1 },
  { fault: 'busy-for-long', at: 'submit', times: ALWAYS, predicted: givenUp('gateway-busy'), searches: 0 },
  { fault: 'search-failed', at: 'submit', times: ALWAYS, predicted: givenUp('gateway-failed'), searches: 1 },
  { fault: 'refuse-400', at: 'submit', times: ALWAYS, predicted: ended('gateway-refused'), searches: 0 },
  { fault: 'redirect', at: 'submit', times: ALWAYS, predicted: givenUp('gateway-unreadable'), searches: 0 },
  { fault: 'late', at: 'submit', times: ALWAYS, predicted: { kind: 'timed-out', came: 'given-up' }, searches: 1 },
  {
    fault: null,
    at: 'submit',
    times: 0,
    listener: 'of-another-authority',
    predicted: ended('gateway-untrusted'),
    searches: 0,
  },
  { fault: null, at: 'submit', times: 0, listener: 'expired', predicted: ended('gateway-untrusted'), searches: 0 },
  {
    fault: null,
    at: 'submit',
    times: 0,
    listener: 'of-another-name',
    predicted: ended('gateway-untrusted'),
    searches: 0,
  },
];

const SOUND: FaultRow = { fault: null, at: 'submit', times: 0, predicted: FOUND, searches: 1 };
/** Searches of one database between two fatal ones, so that the circuit never opens: it has its own test. */
const APART = 4;

/** One check of the run. */
export interface ScriptedCheck {
  readonly reference: string;
  readonly rows: Readonly<Record<DatabaseName, FaultRow>>;
}

/** Draws the run: `faultShare` of all searches go wrong, half of them fatally, each row of the table in turn. */
export function drawScript(checks: number, faultShare: number, seed: number): readonly ScriptedCheck[] {
  const random = seededRandom(seed);
  const turn = { overcome: 0, fatal: 0 };
  const sinceFatal = { police: APART, immigration: APART };
  const draw = (database: DatabaseName): FaultRow => {
    sinceFatal[database] += 1;
    if (random() >= faultShare) return SOUND;
    const isFatal = random() < 0.5 && sinceFatal[database] > APART;
    if (isFatal) sinceFatal[database] = 0;
    const table = isFatal ? FATAL : OVERCOME;
    const key = isFatal ? 'fatal' : 'overcome';
    const row = table[turn[key] % table.length] ?? SOUND;
    turn[key] += 1;
    return row;
  };
  return Array.from({ length: checks }, (_, index) => ({
    reference: `RW-2026-${String(index + 1).padStart(6, '0')}`,
    rows: { police: draw('police'), immigration: draw('immigration') },
  }));
}

/** The plan that the gateway is told. */
export function plannedFaults(script: readonly ScriptedCheck[]): PlannedFault[] {
  return script.flatMap(({ reference, rows }) =>
    (['police', 'immigration'] as const).flatMap((database) => {
      const { at, delayMs = 0, fault, times } = rows[database];
      return fault === null ? [] : [{ check: reference, database, at, fault, times, delayMs }];
    }),
  );
}
