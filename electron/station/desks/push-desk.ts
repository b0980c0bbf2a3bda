import type { CountSync } from '../../counts/sync.ts';
import { FIRST_RUN_AFTER_MS, RUN_EVERY_MS } from '../../counts/parameters.ts';
import type { PushStatus } from '../../contract/counts.ts';
import type { UpstreamView } from '../../contract/administration.ts';
import type { Clock, TechnicalLog } from '../platform.ts';
import { Refusal } from '../refusal.ts';
import type { SettingsDesk } from './settings-desk.ts';

/** The push as the administrator sees and starts it; it also runs by itself, once an hour. */
export interface PushDesk {
  view(): Promise<UpstreamView>;
  /** The same for the counts page, with the months that wait. */
  status(): Promise<PushStatus>;
  /** Runs now and waits for the outcome. @throws Refusal `push.switched-off`, `push.in-progress` */
  pushNow(): Promise<void>;
  /** Stops a run and the schedule, and waits until both have. */
  close(): Promise<void>;
}

export interface PushDeskOptions {
  readonly clock: Clock;
  readonly log: TechnicalLog;
  readonly sync: CountSync;
  readonly settings: SettingsDesk;
}

/** Makes the desk and starts its schedule. Nothing leaves the station before the administrator's switch is on. */
export function createPushDesk({ clock, log, settings, sync }: PushDeskOptions): PushDesk {
  const closing = new AbortController();
  let present: Promise<unknown> = Promise.resolve();

  async function run(): Promise<void> {
    const running = sync.run(closing.signal);
    present = running.catch(() => undefined);
    await running;
  }

  function schedule(delayMs: number): () => void {
    let cancel = clock.after(delayMs, () => {
      void run()
        .catch((fault: unknown) => {
          if (!closing.signal.aborted) log.fault('push', fault);
        })
        .then(() => {
          if (!closing.signal.aborted) cancel = schedule(RUN_EVERY_MS);
        });
    });
    return () => cancel();
  }
  const cancelSchedule = schedule(FIRST_RUN_AFTER_MS);

  return {
    async view() {
      const { lastDelivered, lastRefusal, waitingMonths } = await sync.state();
      const isRefusalLater = lastRefusal !== null && (lastDelivered === null || lastDelivered.at < lastRefusal.at);
      return {
        upstream: settings.upstream(),
        isFixedByPolicy: settings.isUpstreamFixed,
        waitingMonths: waitingMonths.length,
        lastPush: isRefusalLater
          ? { kind: 'failed', ...lastRefusal }
          : lastDelivered === null
            ? { kind: 'never' }
            : { kind: 'delivered', month: lastDelivered.month, at: lastDelivered.at },
      };
    },
    async status() {
      const { isRunning, isSwitchedOn, lastDelivered, lastRefusal, waitingMonths } = await sync.state();
      return {
        isSwitchedOn,
        isRunning,
        waitingMonths: [...waitingMonths],
        lastDelivered: lastDelivered === null ? null : { month: lastDelivered.month, at: lastDelivered.at },
        lastRefusal,
      };
    },
    async pushNow() {
      if (!settings.upstream().isSwitchedOn) throw new Refusal('push.switched-off');
      if ((await sync.state()).isRunning) throw new Refusal('push.in-progress');
      await run();
    },
    async close() {
      closing.abort();
      cancelSchedule();
      await present;
    },
  };
}
