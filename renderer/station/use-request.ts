import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { refusalWordsKey, type Reply } from './refusal.ts';
import { useSession } from './session-store.ts';

/** One thing that is wrong on a page: its sentence, and the field that it belongs to, if there is one. */
export interface Problem {
  readonly fieldId: string | null;
  readonly message: string;
}

/** What a page needs to ask the station once at a time and to say what was refused. */
export function useRequest() {
  const { t } = useI18n();
  const session = useSession();
  const problems = ref<readonly Problem[]>([]);
  const isBusy = ref(false);

  /** Runs one call; its refusal becomes a problem of the page. Gives the answer, or null when there was none. */
  async function request<Value>(
    call: () => Promise<Reply<Value>>,
    fieldId: string | null = null,
  ): Promise<Value | null> {
    if (isBusy.value) return null;
    isBusy.value = true;
    problems.value = [];
    try {
      const reply = await call();
      if (reply.kind === 'answered') return reply.value;
      if (reply.kind === 'refused') session.noteRefusal(reply.code);
      const message = reply.kind === 'lost' ? t('connection.lost') : t(refusalWordsKey(reply.code));
      problems.value = [{ fieldId, message }];
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  /** The sentence that belongs to a field, if the page has one for it. */
  function problemOf(fieldId: string): string | undefined {
    return problems.value.find((problem) => problem.fieldId === fieldId)?.message;
  }

  return { problems, isBusy, request, problemOf };
}
