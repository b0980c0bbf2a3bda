import type { GroundsRecord, SpokenWord } from '../../../electron/contract/grounds.ts';

/** Looks words up by their key. */
type Words = (key: string, named?: Record<string, unknown>) => string;

/** The sentences to be read out for one of the spoken words, with what the officer confirmed filled in. */
export function sentencesFor(word: SpokenWord, grounds: GroundsRecord, t: Words): readonly string[] {
  switch (word) {
    case 'suspected-offence': {
      const { suspicion } = grounds;
      if (suspicion === null) return [t('spoken.words.suspected-offence.general')];
      const stage = t(`spoken.stages.${suspicion.offenceStage}`);
      return [
        t('spoken.words.suspected-offence.filled', { stage, offence: suspicion.offence }),
        t('spoken.words.suspected-offence.because', { why: suspicion.whySuspected }),
      ];
    }
    case 'reason-for-prints': {
      const condition = grounds.nameCondition;
      if (condition === null) return [t('spoken.words.reason-for-prints.general')];
      if (condition.kind === 'name-unknown') return [t('spoken.words.reason-for-prints.unknown')];
      return [t('spoken.words.reason-for-prints.doubted', { why: condition.whyDoubted })];
    }
    case 'power':
    case 'speculative-search':
    case 'destruction':
      return [t(`spoken.words.${word}`)];
  }
}
