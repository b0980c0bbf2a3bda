import type { Component } from 'vue';
import type { GroundsQuestionName } from '../../../electron/contract/grounds-draft.ts';
import AppropriateAdultQuestion from './questions/AppropriateAdultQuestion.vue';
import ArrestQuestion from './questions/ArrestQuestion.vue';
import CustodyRecordQuestion from './questions/CustodyRecordQuestion.vue';
import DocumentsQuestion from './questions/DocumentsQuestion.vue';
import ForceQuestion from './questions/ForceQuestion.vue';
import InterpreterQuestion from './questions/InterpreterQuestion.vue';
import LiveScanQuestion from './questions/LiveScanQuestion.vue';
import NameQuestion from './questions/NameQuestion.vue';
import OffenceCategoryQuestion from './questions/OffenceCategoryQuestion.vue';
import OffenceQuestion from './questions/OffenceQuestion.vue';
import OffenceStageQuestion from './questions/OffenceStageQuestion.vue';
import PersonQuestion from './questions/PersonQuestion.vue';
import PowerHolderQuestion from './questions/PowerHolderQuestion.vue';
import PurposeQuestion from './questions/PurposeQuestion.vue';

/** The fields of each question; apart from what is asked when, so that the answers need not know how they are asked for. */
export const QUESTION_COMPONENTS: Readonly<Record<GroundsQuestionName, Component>> = {
  purpose: PurposeQuestion,
  'custody-record': CustodyRecordQuestion,
  'power-holder': PowerHolderQuestion,
  person: PersonQuestion,
  'appropriate-adult': AppropriateAdultQuestion,
  arrest: ArrestQuestion,
  livescan: LiveScanQuestion,
  'offence-stage': OffenceStageQuestion,
  'offence-category': OffenceCategoryQuestion,
  offence: OffenceQuestion,
  name: NameQuestion,
  documents: DocumentsQuestion,
  interpreter: InterpreterQuestion,
  force: ForceQuestion,
};
