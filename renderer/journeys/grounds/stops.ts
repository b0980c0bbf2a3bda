import type { GroundsAssessment, GroundsRefusal } from '../../../electron/contract/grounds.ts';
import type { GroundsQuestionName } from '../../../electron/contract/grounds-draft.ts';

/** The question whose answer led to a refusal. */
export const QUESTION_OF: Readonly<Record<GroundsRefusal, GroundsQuestionName>> = {
  'purpose-breach-of-bail': 'purpose',
  'purpose-immigration-status': 'purpose',
  'purpose-victim-or-witness': 'purpose',
  'purpose-welfare': 'purpose',
  'purpose-consent': 'purpose',
  'no-suspicion': 'offence-stage',
  'no-name-condition': 'name',
  'no-opportunity-given': 'documents',
  'age-ten-or-under': 'person',
  'no-appropriate-adult': 'appropriate-adult',
};

/** What a stop page is about: its question, the title's key, and the key of the sentence that says why. */
export interface Stop {
  readonly question: GroundsQuestionName;
  readonly title: string;
  readonly words: string;
}

/** The stop of that name, a refusal's code or `livescan`, or null when there is none. */
export function stopOf(name: string): Stop | null {
  if (name === 'livescan')
    return { question: 'livescan', title: 'assessment.divertedTitle', words: 'assessment.diverted' };
  const known = Object.entries(QUESTION_OF).find(([refusal]) => refusal === name);
  return known === undefined ? null : { question: known[1], title: 'stop.title', words: `groundsRefusals.${name}` };
}

/** The page that says why it stops here, when the station refused or diverted; null when it did neither. */
export function stopPath(assessment: GroundsAssessment | null): string | null {
  if (assessment === null || assessment.kind === 'sufficient') return null;
  const name = assessment.kind === 'diverted' ? assessment.to : assessment.refusals[0];
  return `/check/grounds/stop/${name}`;
}
