import type {
  CheckEnding,
  AnswerCame,
  CheckView,
  DatabaseAnswer,
  DatabaseName,
  DatabaseSearch,
  FingerState,
  FingerView,
  InterruptionReason,
  OutstandingReason,
  PlacementMap,
  ResumeStage,
  RecordReference,
} from '../../../electron/contract/checks.ts';
import type { GroundsDraft } from '../../../electron/contract/grounds-draft.ts';
import { SPOKEN_WORDS, type GroundsAssessment, type GroundsRecord } from '../../../electron/contract/grounds.ts';
import type { StationStatus } from '../../../electron/contract/station.ts';
import { emptyDraft } from '../../../renderer/journeys/grounds/grounds-draft.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';

/** The moment at which every example stands: a Thursday in November, a quarter to three in the afternoon. */
export const EXAMPLE_NOW = '2026-11-19T14:45:00.000Z';

const BASE = {
  checkId: '5f0f2f6e-6f2c-4b39-9d0e-0a1d0f7c9f11',
  reference: 'RW-2026-000417',
  openedAt: '2026-11-19T14:41:10.000Z',
  expiresAt: '2026-11-19T15:11:10.000Z',
};
const GRANT_ID = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const SEARCHED = {
  origin: 'Police extract, training',
  galleryDate: '2026-11-01T00:00:00.000Z',
  people: 1_000,
  startedAt: '2026-11-19T14:44:50.000Z',
  answeredAt: '2026-11-19T14:44:51.000Z',
};

/** A coarse map of a finger that lies well: strong in the middle, nothing at the corners. */
export function exampleMap(strength = 4): PlacementMap {
  const columns = 12;
  const rows = 14;
  const cells = Array.from({ length: columns * rows }, (_, index) => {
    const x = (index % columns) - (columns - 1) / 2;
    const y = Math.floor(index / columns) - (rows - 1) / 2;
    const distance = Math.hypot(x / (columns / 2), y / (rows / 2));
    return Math.max(0, Math.min(strength, Math.round((1.15 - distance) * 6)));
  });
  return { columns, rows, cells };
}

export const CAPTURED = {
  kind: 'captured' as const,
  quality: 82,
  map: exampleMap(),
  isBelowThreshold: false,
} satisfies FingerState;
export const WANTED: FingerState = { kind: 'wanted' };

/** The two fingers of a check, right and left index, in the given states. */
export function exampleFingers(first: FingerState, second: FingerState): [FingerView, FingerView] {
  const attempts = (state: FingerState): number => (state.kind === 'wanted' ? 0 : 1);
  return [
    { slot: 'first', position: 2, attempts: attempts(first), attemptsLeft: 4 - attempts(first), state: first },
    { slot: 'second', position: 7, attempts: attempts(second), attemptsLeft: 4 - attempts(second), state: second },
  ];
}

export function groundsView(assessment: GroundsAssessment | null = null, draft: GroundsDraft | null = null): CheckView {
  return { stage: 'grounds', ...BASE, draft, assessment };
}

/** Answers to every question, as in a plain and lawful case under (6B)(a). */
export function answeredDraft(changes: Partial<GroundsDraft> = {}): GroundsDraft {
  return {
    ...emptyDraft(),
    purpose: 'find-out-who-it-is',
    custodyRecordNumber: 'CR/0042/26',
    powerHolderName: 'PC Sam Archer',
    collarNumber: 'PC 4217',
    person: 'adult',
    recordableArrest: 'no',
    offenceStage: 'has-committed',
    offenceCategory: 'theft-burglary-robbery',
    offence: 'theft from a shop',
    whySuspected: 'the shop assistant pointed you out, and the goods were in your bag',
    nameCondition: 'name-unknown',
    whatWasTried: 'asked three times, and asked the people nearby',
    documents: 'none-produced',
    interpreter: 'none',
    force: 'none',
    ...changes,
  };
}

/** A check that stands still because of that, and goes on there. */
export function interruptedView(
  why: InterruptionReason = 'locked',
  goesOnAt: ResumeStage = 'capture',
): Extract<CheckView, { stage: 'interrupted' }> {
  const receipts = goesOnAt === 'capture' ? exampleReceipts().map((receipt) => ({ ...receipt, why })) : [];
  return { stage: 'interrupted', ...BASE, why, since: EXAMPLE_NOW, goesOnAt, receipts };
}

/** The words page with the first `said` of them confirmed. */
export function wordsView(said = 0, grounds: GroundsRecord = soundGrounds()): CheckView {
  const words = SPOKEN_WORDS.map((word, index) => ({
    word,
    spokenAt: index < said ? `2026-11-19T14:43:${String(10 + index * 7)}.000Z` : null,
  }));
  return { stage: 'words', ...BASE, words, grounds };
}

export function captureView(first: FingerState = WANTED, second: FingerState = WANTED): CheckView {
  const settled = [first, second].every(({ kind }) => ['captured', 'missing', 'bandaged'].includes(kind));
  const canSearch = settled && (first.kind === 'captured' || second.kind === 'captured');
  const fingers = exampleFingers(first, second);
  return { stage: 'capture', ...BASE, grantId: GRANT_ID, fingers, canSearch, isPerhapsSwapped: false };
}

/** The page of the searches with each database in the given state. */
export function searchingView(
  police: DatabaseSearch = { state: 'searching', searchedShare: 0.6 },
  immigration: DatabaseSearch = { state: 'sent' },
): CheckView {
  const fingers = exampleFingers(CAPTURED, { ...CAPTURED, quality: 64 });
  return { stage: 'searching', ...BASE, grantId: GRANT_ID, fingers, databases: { police, immigration } };
}

/** A database that has not answered in time, or could not be asked. */
export function outstanding(
  why: OutstandingReason = 'no-answer-yet',
  changes: { readonly isWaiting?: boolean; readonly canTryAgain?: boolean } = {},
): DatabaseSearch {
  return {
    state: 'outstanding',
    why,
    isWaiting: false,
    canTryAgain: true,
    decideBy: '2026-11-19T14:46:50.000Z',
    ...changes,
  };
}

export function answered(answer: DatabaseAnswer, came: AnswerCame = 'in-time'): DatabaseSearch {
  return { state: 'answered', answer, came };
}

const PNC_ID = /^\d{4}\//;

/** A record under that reference, with a check letter that fits. */
function record(printed: string): RecordReference {
  return { kind: PNC_ID.test(printed) ? 'pnc-id' : 'immigration-reference', printed, fault: null };
}

export function match(reference: string | RecordReference, origin = SEARCHED.origin): DatabaseAnswer {
  const named = typeof reference === 'string' ? record(reference) : reference;
  const candidates = [{ reference: named, likelihood: 'very-strong' as const }];
  return { kind: 'match', candidates, searched: { ...SEARCHED, origin } };
}

export function possibleMatch(
  references: readonly (string | RecordReference)[],
  origin = SEARCHED.origin,
): DatabaseAnswer {
  const candidates = references.map((reference) => ({
    reference: typeof reference === 'string' ? record(reference) : reference,
    likelihood: 'possible' as const,
  }));
  return { kind: 'possible-match', candidates, searched: { ...SEARCHED, origin } };
}

export function noMatch(origin = SEARCHED.origin): DatabaseAnswer {
  return { kind: 'no-match', searched: { ...SEARCHED, origin } };
}

export function resultsView(
  police: DatabaseAnswer,
  immigration: DatabaseAnswer,
  came: Readonly<Partial<Record<DatabaseName, AnswerCame>>> = {},
): CheckView {
  // The station times both answers only where both came of themselves.
  const isTimed = came.police === undefined && came.immigration === undefined;
  const wasInTime = police.kind !== 'timed-out' && immigration.kind !== 'timed-out';
  return {
    stage: 'results',
    ...BASE,
    fingers: exampleFingers(CAPTURED, { ...CAPTURED, quality: 64 }),
    databases: { police: answered(police, came.police), immigration: answered(immigration, came.immigration) },
    receipts: exampleReceipts(),
    msFromLiftToAnswers: isTimed && wasInTime ? 640 : null,
  };
}

export function closedView(ending: CheckEnding = 'answered'): Extract<CheckView, { stage: 'closed' }> {
  const hasPrints = ending === 'answered';
  return {
    stage: 'closed',
    ...BASE,
    ending,
    endedAt: EXAMPLE_NOW,
    ground: '6B(a)',
    unanswered: [],
    receipts: hasPrints ? exampleReceipts() : [],
  };
}

function exampleReceipts() {
  return (['image', 'image', 'template', 'template'] as const).map((kind, index) => ({
    bufferId: `00000000-0000-4000-8000-00000000000${index}`.replace(/^0{8}/, `a${index}c4e92${index}`),
    kind,
    sizeBytes: kind === 'image' ? 388 * 374 : 1_024,
    takenAt: '2026-11-19T14:44:30.000Z',
    erasedAt: '2026-11-19T14:44:51.000Z',
    why: 'answers-complete' as const,
  }));
}

/** A training station whose parts are all ready. */
export function exampleStatus(changes: Partial<StationStatus> = {}): StationStatus {
  return {
    version: '0.1.0',
    stationName: 'Custody desk 1',
    isTraining: true,
    trainingFaults: [],
    scanner: { kind: 'ready', name: 'Simulated scanner', isSimulated: true },
    police: {
      kind: 'ready',
      origin: 'Police extract, training',
      galleryDate: '2026-11-01T00:00:00.000Z',
      people: 1_000,
    },
    immigration: {
      kind: 'ready',
      origin: 'Immigration extract, training',
      galleryDate: '2026-11-01T00:00:00.000Z',
      people: 1_000,
    },
    ethnicity: null,
    idleLockMinutes: 5,
    now: EXAMPLE_NOW,
    ...changes,
  };
}
