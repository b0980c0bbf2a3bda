import type { CheckView, ErasureReceipt } from '../../contract/checks.ts';
import { type CheckOpening, viewBase } from './check-opening.ts';
import type { GroundsStage } from './grounds-stage.ts';
import type { Interruption } from './interruption.ts';
import type { Stage } from './journey.machine.ts';
import type { Sitting } from './sitting.ts';
import type { WordsStage } from './words-stage.ts';

/** Everything of a check that its views show. */
export interface ShownParts {
  readonly opening: CheckOpening;
  readonly stage: Stage;
  readonly grounds: GroundsStage;
  readonly words: WordsStage;
  readonly sitting: Sitting;
  readonly grantId: string;
  readonly receipts: ErasureReceipt[];
  readonly interruption: Interruption | null;
  readonly closed: Pick<Extract<CheckView, { stage: 'closed' }>, 'ending' | 'endedAt'> | null;
}

/** What the officer may see of a check at its stage. */
export function viewOfCheck(parts: ShownParts): CheckView {
  const { closed, grantId, interruption, receipts, sitting, stage, words } = parts;
  const { fingers, search } = sitting;
  const base = viewBase(parts.opening);
  const { assessment, draft, ground, record } = parts.grounds.view();
  if (closed !== null)
    return { stage: 'closed', ...base, ...closed, ground, unanswered: [...search.unanswered], receipts };
  if (interruption !== null) return { stage: 'interrupted', ...base, ...interruption, receipts };
  if (stage === 'grounds' || record === null) return { stage: 'grounds', ...base, draft, assessment };
  switch (stage) {
    case 'words':
      return { stage, ...base, words: words.view(), grounds: record };
    case 'capture': {
      const { isComplete: canSearch, isPerhapsSwapped } = fingers;
      return { stage, ...base, grantId, fingers: fingers.views(), canSearch, isPerhapsSwapped };
    }
    case 'searching':
      return { stage, ...base, grantId, fingers: fingers.views(), databases: search.view() };
    default: {
      const { msFromLiftToAnswers } = search;
      const databases = search.view();
      return { stage: 'results', ...base, fingers: fingers.views(), databases, receipts, msFromLiftToAnswers };
    }
  }
}
