import type { SpokenWord } from '../../../electron/contract/grounds.ts';
import type { GroundsDraft } from './grounds-draft.ts';

/** Looks words up by their key. */
type Words = (key: string, named?: Record<string, unknown>) => string;

/**
 * The sentences to be read out for one of the spoken words, with what the officer recorded filled in. Where the page no
 * longer has the answers, after a reload, the general sentence asks the officer to say it.
 */
export function sentencesFor(word: SpokenWord, draft: GroundsDraft, t: Words): readonly string[] {
  switch (word) {
    case 'suspected-offence': {
      if (draft.offenceStage === null || draft.offenceStage === 'none')
        return [t('spoken.words.suspected-offence.general')];
      const stage = t(`spoken.stages.${draft.offenceStage}`);
      return [
        t('spoken.words.suspected-offence.filled', { stage, offence: draft.offence.trim() }),
        t('spoken.words.suspected-offence.because', { why: draft.whySuspected.trim() }),
      ];
    }
    case 'reason-for-prints':
      if (draft.nameCondition === 'name-unknown') return [t('spoken.words.reason-for-prints.unknown')];
      if (draft.nameCondition === 'name-doubted') {
        return [t('spoken.words.reason-for-prints.doubted', { why: draft.whyDoubted.trim() })];
      }
      return [t('spoken.words.reason-for-prints.general')];
    case 'power':
    case 'speculative-search':
    case 'destruction':
      return [t(`spoken.words.${word}`)];
  }
}
