import type { GroundsDraft } from '../../../electron/contract/grounds-draft.ts';
import type { SummaryRow } from '../../components/SummaryList.vue';
import { needsAppropriateAdult } from './grounds-draft.ts';
import { questionPath } from './grounds-questions.ts';

/** Looks words up by their key. */
type Words = (key: string, named?: Record<string, unknown>) => string;

/** `1405`, `14.05` and `14:05` are the same time. */
const timeAsWritten = (typed: string): string => typed.trim().replace(/^(\d{1,2})[:.]?(\d{2})$/, '$1:$2');
const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

/** What was answered, in words, each line with the way back to its question. */
export function answersInWords(draft: GroundsDraft, t: Words): readonly SummaryRow[] {
  const row = (question: string, words: string, value: string): SummaryRow => ({
    term: t(`grounds.${words}.short`),
    value,
    change: questionPath(question),
  });
  const chosen = (words: string, value: string | null): string =>
    value === null ? '' : t(`grounds.${words}.options.${value}`);
  const yesOrNo = (value: string | null): string => (value === null ? '' : t(`fields.${value}`));
  const hasSuspicion = draft.offenceStage !== 'none';
  return [
    row('purpose', 'purpose', chosen('purpose', draft.purpose)),
    row(
      'custody-record',
      'custodyRecord',
      draft.hasNoCustodyRecord ? t('grounds.custodyRecord.none') : draft.custodyRecordNumber,
    ),
    row('power-holder', 'powerHolder', lines(draft.powerHolderName, draft.collarNumber)),
    row('person', 'person', chosen('person', draft.person)),
    ...(needsAppropriateAdult(draft)
      ? [
          row(
            'appropriate-adult',
            'appropriateAdult',
            draft.isAdultPresent === 'yes'
              ? t('grounds.appropriateAdult.presentSince', {
                  name: draft.adultName,
                  time: timeAsWritten(draft.adultSince),
                })
              : t('grounds.appropriateAdult.notPresent'),
          ),
        ]
      : []),
    row('arrest', 'arrest', yesOrNo(draft.recordableArrest)),
    ...(draft.recordableArrest === 'yes'
      ? [
          row(
            'livescan',
            'livescan',
            lines(chosen('livescan', draft.livescan), draft.livescan === 'go-on' ? draft.whyNotLiveScan : ''),
          ),
        ]
      : []),
    row('offence-stage', 'offenceStage', chosen('offenceStage', draft.offenceStage)),
    ...(hasSuspicion
      ? [
          row('offence-category', 'offenceCategory', chosen('offenceCategory', draft.offenceCategory)),
          row('offence', 'offence', lines(draft.offence, draft.whySuspected)),
        ]
      : []),
    row(
      'name',
      'name',
      lines(
        chosen('name', draft.nameCondition),
        draft.nameCondition === 'name-unknown' ? draft.whatWasTried : '',
        draft.nameCondition === 'name-doubted' ? draft.whyDoubted : '',
      ),
    ),
    row(
      'documents',
      'documents',
      draft.documents === 'produced'
        ? lines(draft.documentsWhat, draft.documentsWhyNotSettled)
        : chosen('documents', draft.documents),
    ),
    row(
      'interpreter',
      'interpreter',
      draft.interpreter === 'used'
        ? lines(draft.interpreterLanguage, draft.interpreterName)
        : chosen('interpreter', draft.interpreter),
    ),
    row(
      'force',
      'force',
      draft.force === 'used'
        ? lines(draft.forceByWhom, draft.forceWhy, draft.forceWhoWasPresent)
        : chosen('force', draft.force),
    ),
  ];
}
