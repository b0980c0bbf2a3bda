import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CheckView } from '../../electron/contract/checks.ts';
import type { Reply } from './refusal.ts';
import { useSession } from './session-store.ts';
import { useStation } from './station-store.ts';
import type { StationClient } from './transport.ts';

/** Wait before a broken stream is asked for again, milliseconds. */
const STREAM_RETRY_MS = 1_000;

/** The officer's identity check as the station says it is. The page never decides its stage. */
export const useCheck = defineStore('check', () => {
  const station = useStation();
  const session = useSession();
  const view = ref<CheckView | null>(null);
  const isStreamBroken = ref(false);
  const isOpen = computed(() => view.value !== null && view.value.stage !== 'closed');
  let followed: string | null = null;

  async function take(call: (client: StationClient) => Promise<CheckView>): Promise<Reply<CheckView>> {
    const reply = await station.ask(call);
    if (reply.kind === 'answered') accept(reply.value);
    if (reply.kind === 'refused') session.noteRefusal(reply.code);
    return reply;
  }

  function accept(present: CheckView): void {
    show(present);
    if (isOpen.value && followed !== present.checkId) void follow(present.checkId);
  }

  function show(present: CheckView): void {
    view.value = present;
    // A check that a lock interrupted tells of a lock that the page did not ask for: the session is asked again.
    const isLockedNow = present.stage === 'interrupted' && ['locked', 'suspended'].includes(present.why);
    if (isLockedNow) void session.refresh();
  }

  const isStillOpen = (checkId: string): boolean => view.value?.checkId === checkId && isOpen.value;

  async function follow(checkId: string): Promise<void> {
    followed = checkId;
    while (followed === checkId && isStillOpen(checkId)) {
      const connection = station.connection;
      if (connection === null) break;
      try {
        for await (const present of await connection.client.checks.watch({ checkId })) {
          isStreamBroken.value = false;
          if (view.value?.checkId !== checkId) break;
          show(present);
        }
      } catch {
        isStreamBroken.value = true;
      }
      if (isStillOpen(checkId)) {
        await new Promise((resolve) => setTimeout(resolve, STREAM_RETRY_MS));
      }
    }
    isStreamBroken.value = false;
    if (followed === checkId) followed = null;
  }

  /** Asks whether this officer has an open check, and takes it up. */
  async function takeUp(): Promise<void> {
    const reply = await station.ask((client) => client.checks.current({}));
    if (reply.kind !== 'answered') return;
    if (reply.value !== null) accept(reply.value);
    else if (isOpen.value) view.value = null;
  }

  function begin(): Promise<Reply<CheckView>> {
    return take((client) => client.checks.begin({}));
  }

  /** Goes on with an interrupted check. */
  function resume(checkId: string): Promise<Reply<CheckView>> {
    return take((client) => client.checks.resume({ checkId }));
  }

  /** Forgets a check that has ended; the station keeps what must be kept. */
  function forget(): void {
    view.value = null;
    followed = null;
  }

  return { view, isOpen, isStreamBroken, take, takeUp, resume, begin, forget };
});
