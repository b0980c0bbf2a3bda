import { DelegateBackoff, handleWhenResult, retry } from 'cockatiel';
import type { AuditLog } from '../audit/audit-log.ts';
import { parseEvent } from '../audit/chain.ts';
import { isClosed, monthAfter, monthOf, monthsBetween } from '../domain/counts/month.ts';
import type { Month } from '../domain/counts/month.ts';
import type { Clock, Randomness } from '../station/platform.ts';
import { createAuditStore } from '../storage/audit-store.ts';
import type { StationDatabase } from '../storage/database.ts';
import { createOutboxStore } from '../storage/outbox-store.ts';
import type { OutboxEntry } from '../storage/outbox-store.ts';
import { signedDocument, documentHash } from './count-document.ts';
import { deliver, isSafeAddress } from './deliver.ts';
import type { Delivery } from './deliver.ts';
import { writeMonthlyReport } from './monthly-report.ts';
import type { StationPlace } from './monthly-report.ts';
import { ATTEMPTS_IN_A_RUN, FIRST_WAIT_MS, LONGEST_WAIT_MS } from './parameters.ts';
import type { StationKey } from './station-key.ts';

/** Whether and where counts go, as the administrator set it; off until then. */
export interface UpstreamChoice extends StationPlace {
  readonly isSwitchedOn: boolean;
  readonly address: string | null;
}

/** How one run ended. */
export type RunOutcome =
  | { readonly kind: 'switched-off' }
  | { readonly kind: 'address-refused' }
  | { readonly kind: 'done'; readonly delivered: number }
  | { readonly kind: 'stopped'; readonly delivered: number; readonly month: Month; readonly reason: string };

/** What the counts page and the administrator see of the push. */
export interface SyncState {
  readonly isSwitchedOn: boolean;
  readonly isRunning: boolean;
  /** Closed months of which something is still to be delivered. */
  readonly waitingMonths: readonly Month[];
  readonly lastDelivered: { readonly month: Month; readonly revision: number; readonly at: string } | null;
  readonly lastRefusal: { readonly month: Month; readonly at: string; readonly reason: string } | null;
}

/** The push of closed months. */
export interface CountSync {
  /** Delivers every closed month that waits, oldest first. A call during a run shares that run. */
  run(signal: AbortSignal): Promise<RunOutcome>;
  state(): Promise<SyncState>;
}

export interface SyncOptions {
  readonly database: StationDatabase;
  readonly auditLog: AuditLog;
  readonly key: StationKey;
  readonly clock: Pick<Clock, 'now'>;
  readonly randomness: Pick<Randomness, 'bytes'>;
  readonly fetch: typeof globalThis.fetch;
  readonly choice: () => Promise<UpstreamChoice>;
  /** The wait before the second attempt, milliseconds. */
  readonly firstWaitMs?: number;
}

/** Makes the push of one station. Nothing is sent before `choice` says that the switch is on. */
export function createCountSync(options: SyncOptions): CountSync {
  const { database, auditLog, clock } = options;
  const outbox = createOutboxStore(database);
  let running: Promise<RunOutcome> | null = null;

  const again = retry(
    handleWhenResult((result) => isDelivery(result) && result.kind === 'failed'),
    { maxAttempts: ATTEMPTS_IN_A_RUN - 1, backoff: new DelegateBackoff(({ attempt }) => waitMs(options, attempt)) },
  );

  async function seal(entry: OutboxEntry, choice: UpstreamChoice): Promise<string> {
    return database.transaction(async () => {
      const document = await writeMonthlyReport(database, choice, entry.month, entry.nextRevision);
      const text = JSON.stringify(options.key.sign(document));
      await outbox.seal(entry.month, text, entry.changes);
      return text;
    });
  }

  async function noteDelivered(entry: OutboxEntry, hash: string): Promise<void> {
    await database.transaction(async () => {
      await outbox.noteDelivered(entry.month, new Date(clock.now()).toISOString());
      const details = { month: entry.month, revision: entry.nextRevision, documentHash: hash };
      await auditLog.append({ code: 'push-delivered', actor: null, reference: null, details });
    });
  }

  async function noteRefused(entry: OutboxEntry, reason: string): Promise<void> {
    await database.transaction(async () => {
      await outbox.noteRefused(entry.month, new Date(clock.now()).toISOString(), reason);
      // Weeks offline are one event and not one an hour.
      if (entry.lastRefusal === reason) return;
      const details = { month: entry.month, revision: entry.nextRevision, reason };
      await auditLog.append({ code: 'push-failed', actor: null, reference: null, details });
    });
  }

  async function deliverOne(entry: OutboxEntry, choice: UpstreamChoice, signal: AbortSignal): Promise<Delivery> {
    const body = entry.sealedDocument ?? (await seal(entry, choice));
    const hash = documentHash(signedDocument.parse(JSON.parse(body)).document);
    const address = choice.address ?? '';
    const delivery = await again.execute(() => deliver(options.fetch, address, body, hash, signal), signal);
    if (delivery.kind === 'delivered') await noteDelivered(entry, hash);
    else if (delivery.kind === 'revision-taken') await outbox.unseal(entry.month, delivery.taken + 1);
    else await noteRefused(entry, delivery.reason);
    return delivery;
  }

  async function run(signal: AbortSignal): Promise<RunOutcome> {
    const choice = await options.choice();
    if (!choice.isSwitchedOn || choice.address === null) return { kind: 'switched-off' };
    if (!isSafeAddress(choice.address)) return { kind: 'address-refused' };
    await outbox.ensure(await closedMonthsInService(database, clock.now()));
    let delivered = 0;
    for (;;) {
      signal.throwIfAborted();
      const [entry] = await outbox.waitingBefore(monthOf(clock.now()));
      if (entry === undefined) return { kind: 'done', delivered };
      const delivery = await deliverOne(entry, choice, signal);
      if (delivery.kind === 'delivered') delivered += 1;
      else if (delivery.kind !== 'revision-taken') {
        return { kind: 'stopped', delivered, month: entry.month, reason: delivery.reason };
      }
    }
  }

  return {
    run(signal) {
      running ??= run(signal).finally(() => {
        running = null;
      });
      return running;
    },
    async state() {
      const entries = await outbox.all();
      const isSwitchedOn = (await options.choice()).isSwitchedOn;
      const waiting = entries.filter((entry) => entry.changes > entry.deliveredChanges);
      return {
        isSwitchedOn,
        isRunning: running !== null,
        waitingMonths: waiting.map(({ month }) => month).filter((month) => isClosed(month, clock.now())),
        lastDelivered: lastDelivered(entries),
        lastRefusal: lastRefusal(entries),
      };
    },
  };
}

function isDelivery(result: unknown): result is Delivery {
  return typeof result === 'object' && result !== null && 'kind' in result;
}

/** Doubled at each attempt up to the longest, less a random share of up to half. */
function waitMs({ randomness, firstWaitMs = FIRST_WAIT_MS }: SyncOptions, attempt: number): number {
  const full = Math.min(firstWaitMs * 2 ** (attempt - 1), LONGEST_WAIT_MS);
  const share = (randomness.bytes(1)[0] ?? 0) / 256;
  return full * (1 - share / 2);
}

/** Every closed month since the station wrote its first audit event: a month without a check is news too. */
async function closedMonthsInService(database: StationDatabase, nowMs: number): Promise<readonly Month[]> {
  const first = await createAuditStore(database).bySequence(1);
  const event = first === null ? null : parseEvent(first.event);
  return event === null ? [] : monthsBetween(monthOf(Date.parse(event.at)), monthAfter(monthOf(nowMs), -1));
}

function lastDelivered(entries: readonly OutboxEntry[]): SyncState['lastDelivered'] {
  const known = entries.flatMap(({ month, nextRevision, lastDeliveredAt }) =>
    lastDeliveredAt === null ? [] : [{ month, revision: nextRevision - 1, at: lastDeliveredAt }],
  );
  return known.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0] ?? null;
}

function lastRefusal(entries: readonly OutboxEntry[]): SyncState['lastRefusal'] {
  const known = entries.flatMap(({ month, lastAttemptAt, lastRefusal: reason }) =>
    lastAttemptAt === null || reason === null ? [] : [{ month, at: lastAttemptAt, reason }],
  );
  return known.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0] ?? null;
}
