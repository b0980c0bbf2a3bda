import type { CheckView, DatabaseName } from '../../../electron/contract/checks.ts';
import { openGatewayConnection } from '../../../electron/search/gateway/gateway-connection.ts';
import { createGatewayProvider, type GatewayProvider } from '../../../electron/search/gateway/gateway-provider.ts';
import type { CheckServices } from '../../../electron/station/check/check-services.ts';
import { DatabaseSearches } from '../../../electron/station/check/database-searches.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import { GatewayProcess } from '../../gateway/gateway-process.ts';
import { LISTENERS, type Listener } from '../../gateway/reference-gateway.ts';
import { LentCheck, WatchedCustody } from '../../support/search/lent-probe.ts';
import { quickClock } from '../../support/search/quick-clock.ts';
import { drawScript, plannedFaults, type FaultRow, type ScriptedCheck } from './fault-script.ts';
import { PEOPLE, visitors, type Visitor } from './load-people.ts';

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];
/** How much faster the stations' clock runs than the computer's: waits between attempts are shortened, nothing is left out. */
const TIMES = 5;
/** The deadline of a search and the limit of what is outstanding, on that clock: 6 s and 60 s of the computer's. */
const SEARCH_DEADLINE_MS = 30_000;
const OUTSTANDING_LIMIT_S = 300;
/** Checks at the same time. */
const AT_ONCE = 4;

type SearchView = Extract<CheckView, { stage: 'searching' }>['databases'][DatabaseName];
type Providers = Readonly<Record<Listener, GatewayProvider>>;

export interface LoadOptions {
  readonly checks: number;
  readonly faultShare: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

/** What the run came to. Nothing but zeroes in the last five means that it holds. */
export interface LoadFigures {
  readonly checks: number;
  readonly searches: number;
  readonly faults: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly buffers: number;
  readonly receipts: number;
  readonly seconds: number;
  readonly wrongEnds: readonly string[];
  readonly wrongCounts: readonly string[];
  readonly duplicates: number;
  readonly residualBuffers: number;
  readonly withoutOneReceipt: number;
}

async function openProviders(
  gateway: GatewayProcess,
  database: DatabaseName,
  scope: AsyncDisposableStack,
): Promise<Providers> {
  const clock = quickClock(TIMES);
  const { addresses, authorityFile, stations } = gateway.ready;
  const made = await Promise.all(
    LISTENERS.map(async (listener) => {
      const connection = await openGatewayConnection({ address: addresses[listener], authorityFile, ...stations.good });
      const provider = createGatewayProvider({
        database,
        connection,
        clock,
        randomness: systemRandomness,
        stationCode: () => 'desk-1',
        warningDays: () => 30,
        onStatusChange: () => {},
      });
      return [listener, scope.use(provider)] as const;
    }),
  );
  return Object.fromEntries(made) as Providers;
}

/** Decides for the officer, once for each time that a database becomes outstanding. */
function decide(searches: DatabaseSearches, rows: ScriptedCheck['rows'], decided: Set<DatabaseName>): void {
  for (const database of DATABASES) {
    const isOutstanding = searches.view()[database].state === 'outstanding';
    if (!isOutstanding || decided.has(database)) continue;
    decided.add(database);
    const search = searches.of(database);
    // On a turn of its own: the station tells of a change in the middle of making it.
    queueMicrotask(() => {
      const officer = rows[database].officer ?? 'goes-on-without';
      const done =
        officer === 'waits'
          ? search.keepWaiting()
          : officer === 'tries-again'
            ? search.tryAgain()
            : search.goOnWithout();
      done.catch(() => {});
    });
  }
}

/** Searches both databases as the station does, and answers with how they ended. */
async function runCheck(
  check: ScriptedCheck,
  visitor: Visitor,
  providers: Readonly<Record<DatabaseName, Providers>>,
  watched: WatchedCustody,
): Promise<Readonly<Record<DatabaseName, SearchView>>> {
  const lent = new LentCheck(watched, check.reference, visitor.fingers);
  const of = (database: DatabaseName) => providers[database][check.rows[database].listener ?? 'good'];
  const services = {
    clock: quickClock(TIMES),
    log: { note: () => {}, fault: () => {} },
    providers: { police: of('police'), immigration: of('immigration') },
    settings: () => ({ searchDeadlineMs: SEARCH_DEADLINE_MS, outstandingLimitSeconds: OUTSTANDING_LIMIT_S }),
  } as unknown as CheckServices;
  const decided = new Set<DatabaseName>();
  const ending = new AbortController();
  const searches: DatabaseSearches = new DatabaseSearches(
    {
      ending: ending.signal,
      note: () => Promise.resolve(),
      onChange: () => decide(searches, check.rows, decided),
      onFault: (fault) => {
        throw fault;
      },
      hold: (sizeBytes) => lent.encoded.hold(sizeBytes),
    },
    services,
  );
  await searches.run(lent.probe);
  const views = searches.view();
  ending.abort();
  await Promise.all([lent.end(), searches.released()]);
  return views;
}

/** How a search ended, in words that can be compared. */
function endOf(view: SearchView): string {
  if (view.state !== 'answered') return view.state;
  const { answer, came } = view;
  if (answer.kind === 'unavailable') return `unavailable ${answer.reason}, ${came}`;
  if ('candidates' in answer) return `${answer.kind} ${answer.candidates[0]?.reference.printed}, ${came}`;
  return `${answer.kind}, ${came}`;
}

function predictedEnd({ predicted }: FaultRow, reference: string | null): string {
  if (predicted.kind === 'unavailable') return `unavailable ${predicted.reason}, ${predicted.came}`;
  if (predicted.kind === 'timed-out') return `timed-out, ${predicted.came}`;
  return `${reference === null ? 'no-match' : `match ${reference}`}, ${predicted.came}`;
}

/** Counts of the gateway that differ from what the script says, and numbers beyond one for a check and database. */
async function compareCounts(gateway: GatewayProcess, script: readonly ScriptedCheck[]) {
  const counted = await gateway.counted();
  const wrongCounts: string[] = [];
  let duplicates = 0;
  for (const { reference, rows } of script) {
    for (const database of DATABASES) {
      const found = counted.filter((one) => one.check === reference && one.database === database);
      const searches = found.reduce((sum, one) => sum + one.searches, 0);
      duplicates += Math.max(0, found.length - 1);
      duplicates += found.filter((one) => one.searches - one.lost - one.withdrawn > 1).length;
      if (searches !== rows[database].searches) {
        wrongCounts.push(`${reference} ${database} ${rows[database].fault}: ${searches} searches`);
      }
    }
  }
  return { wrongCounts, duplicates };
}

/** Runs the script against a gateway in a process of its own, and compares every end with what was predicted. */
export async function runLoad(options: LoadOptions): Promise<LoadFigures> {
  const startedAt = performance.now();
  await using scope = new AsyncDisposableStack();
  const gateway = scope.use(await GatewayProcess.start(['--people', String(PEOPLE)]));
  const script = drawScript(options.checks, options.faultShare, options.seed);
  const faults = plannedFaults(script);
  await gateway.plan(faults);
  const providers = {
    police: await openProviders(gateway, 'police', scope),
    immigration: await openProviders(gateway, 'immigration', scope),
  };
  const comers = visitors();
  const ends: Record<string, number> = {};
  const wrongEnds: string[] = [];
  const sums = { buffers: 0, receipts: 0, residualBuffers: 0, withoutOneReceipt: 0, done: 0 };
  const waiting = [...script.entries()];

  async function runOne(index: number, check: ScriptedCheck): Promise<void> {
    const visitor = comers[index % comers.length];
    if (visitor === undefined) throw new Error('nobody came');
    const watched = new WatchedCustody();
    const views = await runCheck(check, visitor, providers, watched);
    for (const database of DATABASES) {
      const end = endOf(views[database]);
      const predicted = predictedEnd(check.rows[database], visitor.references[database]);
      const kind = end.replace(/^((?:possible-)?match) \S+,/, '$1,');
      ends[kind] = (ends[kind] ?? 0) + 1;
      if (end !== predicted) {
        const { at, fault, listener } = check.rows[database];
        wrongEnds.push(
          `${check.reference} ${database} (${fault ?? listener ?? 'no fault'} at ${at}): ${end}, not ${predicted}`,
        );
      }
    }
    sums.buffers += watched.taken;
    sums.receipts += watched.receipts.length;
    sums.residualBuffers += watched.residual;
    sums.withoutOneReceipt += watched.withoutOneReceipt;
    sums.done += 1;
    options.onProgress?.(sums.done);
  }

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(...next);
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const counts = await compareCounts(gateway, script);
  const badCertificates = script.flatMap(({ rows }) =>
    DATABASES.filter((name) => rows[name].listener !== undefined),
  ).length;
  return {
    checks: script.length,
    searches: 2 * script.length,
    faults: faults.length + badCertificates,
    ends,
    buffers: sums.buffers,
    receipts: sums.receipts,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    wrongEnds,
    ...counts,
    residualBuffers: sums.residualBuffers,
    withoutOneReceipt: sums.withoutOneReceipt,
  };
}

/** True when every end, count and byte is as it must be. */
export function holds(figures: LoadFigures): boolean {
  const { duplicates, residualBuffers, withoutOneReceipt, wrongCounts, wrongEnds } = figures;
  return duplicates + residualBuffers + withoutOneReceipt + wrongCounts.length + wrongEnds.length === 0;
}
