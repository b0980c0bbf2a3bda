import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { StationStatus } from '../../electron/contract/station.ts';
import { readRefusal, type Reply } from './refusal.ts';
import type { ConnectStation, StationClient, StationConnection } from './transport.ts';

/** First wait before the page tries to reach the station again, milliseconds; it doubles up to the longest. */
const FIRST_RETRY_MS = 500;
/** Longest wait between two tries, milliseconds. Short enough that an officer does not reach for the mouse. */
const LONGEST_RETRY_MS = 5_000;
/** How often the clock on the page moves, milliseconds. */
const CLOCK_TICK_MS = 1_000;

/** The connection to the station, its status as it changes, and its clock. */
export const useStation = defineStore('station', () => {
  const connection = shallowRef<StationConnection | null>(null);
  const status = ref<StationStatus | null>(null);
  /** True from the moment a connection that was there broke, until there is one again. */
  const isLost = ref(false);
  const hasEverConnected = ref(false);
  const pageNowMs = ref(Date.now());
  /** Station clock minus page clock, milliseconds. */
  const clockOffsetMs = ref(0);
  const now = computed(() => new Date(pageNowMs.value + clockOffsetMs.value));
  let connect: ConnectStation | null = null;
  let wake: (() => void) | null = null;

  /** Keeps a connection for as long as the page lives. `reconnected` is called after each connection was made. */
  function start(ways: ConnectStation, reconnected: () => void | Promise<void>): void {
    connect = ways;
    setInterval(() => (pageNowMs.value = Date.now()), CLOCK_TICK_MS);
    void keepConnected(reconnected);
  }

  async function keepConnected(reconnected: () => void | Promise<void>): Promise<void> {
    let waitMs = FIRST_RETRY_MS;
    for (;;) {
      try {
        const made = await (connect?.() ?? Promise.reject(new Error('not started')));
        connection.value = made;
        waitMs = FIRST_RETRY_MS;
        await reconnected();
        isLost.value = false;
        hasEverConnected.value = true;
        void followStatus(made);
        await made.ended;
        connection.value = null;
      } catch {
        waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2);
      }
      isLost.value = true;
      await pause(waitMs);
    }
  }

  async function followStatus(made: StationConnection): Promise<void> {
    while (connection.value === made) {
      try {
        for await (const present of await made.client.station.watch({})) {
          status.value = present;
          clockOffsetMs.value = Date.parse(present.now) - Date.now();
        }
      } catch {
        // A broken stream is asked for again below; a broken connection ends the loop.
      }
      if (connection.value === made) await pause(LONGEST_RETRY_MS);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Tries to reach the station at once instead of after the wait. */
  function retryNow(): void {
    wake?.();
  }

  /** Asks the station and gives its answer or its refusal as a value; never throws. */
  async function ask<Value>(call: (client: StationClient) => Promise<Value>): Promise<Reply<Value>> {
    const present = connection.value;
    if (present === null) return { kind: 'lost' };
    try {
      return { kind: 'answered', value: await call(present.client) };
    } catch (thrown) {
      return readRefusal(thrown);
    }
  }

  return { status, isLost, hasEverConnected, now, connection, start, retryNow, ask };
});
