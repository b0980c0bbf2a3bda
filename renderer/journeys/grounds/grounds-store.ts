import { defineStore } from 'pinia';
import { reactive, ref, watch } from 'vue';
import type { CheckView } from '../../../electron/contract/checks.ts';
import type { GroundsQuestionName } from '../../../electron/contract/grounds-draft.ts';
import { useCheck } from '../../station/check-store.ts';
import type { Reply } from '../../station/refusal.ts';
import { useSession } from '../../station/session-store.ts';
import { useStation } from '../../station/station-store.ts';
import { emptyDraft } from './grounds-draft.ts';
import { firstUnanswered, questionPath } from './grounds-questions.ts';

/** Wait after the last change before the station is given the answers to keep, milliseconds: shorter than a crash is likely. */
const KEEP_AFTER_MS = 250;

/**
 * The answers given so far. The page works on them here, and the station keeps a copy while the check is open, so that
 * neither a reload nor a crash of the page nor a lock loses one.
 */
export const useGrounds = defineStore('grounds', () => {
  const station = useStation();
  const check = useCheck();
  const session = useSession();
  const draft = reactive(emptyDraft());
  /** True once every question was answered: a changed answer then leads straight back to the list of answers. */
  const isReviewing = ref(false);
  /** The check whose answers these are. */
  let heldFor: string | null = null;
  /** The signed-in officer's own collar number, once it was typed: it is not asked for twice. */
  let ownCollarNumber = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The draft as the station has it, as text: what did not change is not sent. */
  let keptText = '';

  /** Takes up the answers of a check that this page has not held yet, as the station kept them. */
  function adopt(view: CheckView | null): void {
    if (view === null || view.checkId === heldFor || view.stage !== 'grounds') return;
    const ownName = session.view?.displayName ?? '';
    const began = { ...emptyDraft(), powerHolderName: ownName, collarNumber: ownCollarNumber };
    Object.assign(draft, view.draft ?? began);
    heldFor = view.checkId;
    keptText = JSON.stringify(draft);
    isReviewing.value = firstUnanswered(draft, station.now) === null;
  }

  /** Gives the station the answers to keep; `answered` is the question that was gone on from. */
  async function keep(answered: GroundsQuestionName | null): Promise<Reply<CheckView>> {
    clearTimeout(timer);
    const checkId = heldFor;
    if (checkId === null) return { kind: 'lost' };
    keptText = JSON.stringify(draft);
    const present = { ...draft };
    return check.take((client) => client.checks.keepDraft({ checkId, draft: present, answered }));
  }

  function isToBeKept(): boolean {
    return check.view?.stage === 'grounds' && check.view.checkId === heldFor && JSON.stringify(draft) !== keptText;
  }

  watch(draft, () => {
    clearTimeout(timer);
    if (isToBeKept()) timer = setTimeout(() => isToBeKept() && void keep(null), KEEP_AFTER_MS);
  });

  /** Remembers the officer's own collar number once the grounds were confirmed in their own name. */
  function rememberCollarNumber(): void {
    if (draft.powerHolderName.trim() === session.view?.displayName) ownCollarNumber = draft.collarNumber.trim();
  }

  /** Where the officer goes on: the first question that lacks an answer, or the list of answers. */
  function pathToGoOn(): string {
    const unanswered = firstUnanswered(draft, station.now);
    return unanswered === null ? '/check/grounds/answers' : questionPath(unanswered);
  }

  /** Forgets the answers of a check. */
  function clear(): void {
    clearTimeout(timer);
    heldFor = null;
    Object.assign(draft, emptyDraft());
    isReviewing.value = false;
  }

  /** Forgets the answers, and with the officer their collar number. */
  function forgetOfficer(): void {
    clear();
    ownCollarNumber = '';
  }

  return { draft, isReviewing, adopt, keep, rememberCollarNumber, pathToGoOn, clear, forgetOfficer };
});
