import { onBeforeUnmount, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { readRefusal, refusalWordsKey } from './refusal.ts';
import { useSession } from './session-store.ts';
import { useStation } from './station-store.ts';
import type { StationClient } from './transport.ts';
import type { Problem } from './use-request.ts';

/** What a page needs to follow one long task of the station, and to say why it was refused. Leaving the page ends it. */
export function useStream<Value>() {
  const { t } = useI18n();
  const station = useStation();
  const session = useSession();
  const problems = ref<readonly Problem[]>([]);
  const isRunning = ref(false);
  let leave: AbortController | null = null;

  async function run(
    call: (client: StationClient, signal: AbortSignal) => Promise<AsyncIterable<Value>>,
    onValue: (value: Value) => void,
  ): Promise<void> {
    const client = station.connection?.client;
    if (isRunning.value) return;
    problems.value = client === undefined ? [{ fieldId: null, message: t('connection.lost') }] : [];
    if (client === undefined) return;
    isRunning.value = true;
    const mine = new AbortController();
    leave = mine;
    try {
      for await (const value of await call(client, mine.signal)) onValue(value);
    } catch (thrown) {
      if (mine.signal.aborted) return;
      const refusal = readRefusal(thrown);
      if (refusal.kind === 'refused') session.noteRefusal(refusal.code);
      const message = refusal.kind === 'lost' ? t('connection.lost') : t(refusalWordsKey(refusal.code));
      problems.value = [{ fieldId: null, message }];
    } finally {
      isRunning.value = false;
    }
  }

  /** Ends the task; the station stops what it does for it. */
  function stop(): void {
    leave?.abort();
  }

  onBeforeUnmount(stop);
  return { problems, isRunning, run, stop };
}
