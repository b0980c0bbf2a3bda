import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SessionView } from '../../electron/contract/session.ts';
import type { Reply } from './refusal.ts';
import { useStation } from './station-store.ts';
import type { StationClient } from './transport.ts';

/** Who is signed in on this page. Only what the station says; nothing of it outlives the page. */
export const useSession = defineStore('session', () => {
  const station = useStation();
  const view = ref<SessionView | null>(null);
  /** Why the officer was brought back to the sign-in page, if not by signing out. */
  const endedBy = ref<'connection' | 'station' | null>(null);

  async function refresh(): Promise<void> {
    const hadSession = view.value !== null;
    const reply = await station.ask((client) => client.session.current({}));
    if (reply.kind !== 'answered') return;
    view.value = reply.value;
    if (hadSession && reply.value === null) endedBy.value = 'connection';
  }

  async function take(call: (client: StationClient) => Promise<SessionView>): Promise<Reply<SessionView>> {
    const reply = await station.ask(call);
    if (reply.kind === 'answered') view.value = reply.value;
    return reply;
  }

  async function signIn(userName: string, password: string): Promise<Reply<SessionView>> {
    const reply = await take((client) => client.session.signIn({ userName, password }));
    if (reply.kind === 'answered') endedBy.value = null;
    return reply;
  }

  function unlock(password: string): Promise<Reply<SessionView>> {
    return take((client) => client.session.unlock({ password }));
  }

  function lock(): Promise<Reply<SessionView>> {
    return take((client) => client.session.lock({}));
  }

  function changePassword(present: string, wanted: string): Promise<Reply<SessionView>> {
    return take((client) => client.session.changePassword({ present, wanted }));
  }

  async function signOut(): Promise<void> {
    await station.ask((client) => client.session.signOut({}));
    view.value = null;
    endedBy.value = null;
  }

  /** Takes note that the station ended or locked the session on its own. */
  function noteRefusal(code: string): void {
    if (code === 'session.none' && view.value !== null) {
      view.value = null;
      endedBy.value = 'station';
    }
    if (code === 'session.locked' || code === 'session.password-change-required') void refresh();
  }

  return { view, endedBy, refresh, signIn, unlock, lock, changePassword, signOut, noteRefusal };
});
