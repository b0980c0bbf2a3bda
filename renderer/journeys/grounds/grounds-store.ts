import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import { emptyDraft } from './grounds-draft.ts';

/** The answers given so far, kept while the officer walks back and forth; cleared with the check and with the session. */
export const useGrounds = defineStore('grounds', () => {
  const draft = reactive(emptyDraft());
  /** True once every question was answered: a changed answer then leads straight back to the list of answers. */
  const isReviewing = ref(false);

  function clear(): void {
    Object.assign(draft, emptyDraft());
    isReviewing.value = false;
  }

  return { draft, isReviewing, clear };
});
