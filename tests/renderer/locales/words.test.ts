// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { EVENT_OPERATIONS } from '../../../electron/audit/event-codes.ts';
import {
  ANSWER_KINDS,
  ENDINGS,
  erasureReceipt,
  PLACEMENT_HINTS,
  UNUSABLE_REASONS,
} from '../../../electron/contract/checks.ts';
import { stationSettings } from '../../../electron/contract/administration.ts';
import { REFUSAL_CODES } from '../../../electron/contract/errors.ts';
import { GALLERY_REFUSALS } from '../../../electron/contract/galleries.ts';
import {
  GROUNDS_REFUSALS,
  OFFENCE_CATEGORIES,
  OFFENCE_STAGES,
  PURPOSES,
  SPOKEN_WORDS,
} from '../../../electron/contract/grounds.ts';
import { ROLES } from '../../../electron/contract/session.ts';
import { ETHNICITY_CODE_SETS } from '../../../electron/domain/counts/ethnicity-codes.ts';
import { CELL_NAMES } from '../../../electron/domain/counts/count-cell.ts';
import { cellKey } from '../../../renderer/journeys/counts/counts-table.ts';
import { refusalWordsKey } from '../../../renderer/station/refusal.ts';
import { flatWords, wordsUnder } from '../support/words.ts';

const en = flatWords('en');
const cy = flatWords('cy');
const LANGUAGES = [
  ['English', en],
  ['Welsh', cy],
] as const;

/** A sentence that names the next step: an instruction, or what to wait for. */
const SENTENCE = /^[^\s].*[.!?]$/s;

describe.each(LANGUAGES)('in %s', (_language, words) => {
  test.each(REFUSAL_CODES)('the refusal %s has a sentence for the officer', (code) => {
    expect(words.get(refusalWordsKey(code))).toMatch(SENTENCE);
  });

  test.each(GROUNDS_REFUSALS)('the refused ground %s has its reason in words', (refusal) => {
    expect(words.get(`groundsRefusals.${refusal}`)).toMatch(SENTENCE);
  });

  test.each([
    ['capture.hints', PLACEMENT_HINTS],
    ['results.answers', ANSWER_KINDS],
    ['results.meaning.police', ANSWER_KINDS],
    ['results.meaning.immigration', ANSWER_KINDS],
    ['results.next.police', ANSWER_KINDS],
    ['results.next.immigration', ANSWER_KINDS],
    ['results.unusable', UNUSABLE_REASONS],
    ['closed.endings', ENDINGS],
    ['closed.receipts.reasons', erasureReceipt.shape.why.options],
    ['closed.receipts.kinds', erasureReceipt.shape.kind.options],
    ['grounds.purpose.options', PURPOSES],
    ['grounds.offenceStage.options', OFFENCE_STAGES],
    ['grounds.offenceCategory.options', OFFENCE_CATEGORIES],
    ['spoken.stages', OFFENCE_STAGES],
    ['ethnicity.self', ETHNICITY_CODE_SETS['self-18+1']],
    ['ethnicity.officer', ETHNICITY_CODE_SETS['officer-ic']],
    ['roles', ROLES],
    ['users.roles', ROLES],
    ['audit.events', Object.keys(EVENT_OPERATIONS)],
    ['galleries.reasons', GALLERY_REFUSALS],
  ])('every one of %s has words', (group, codes) => {
    expect(codes.filter((code) => !words.has(`${group}.${code}`))).toEqual([]);
  });

  test('every spoken word has what is to be said', () => {
    expect(SPOKEN_WORDS.filter((word) => wordsUnder(words, `spoken.words.${word}`).length === 0)).toEqual([]);
  });

  test('every cell of the counts has words, ethnicity by its code', () => {
    const cells = CELL_NAMES.filter((cell) => !cell.startsWith('ethnicity/'));
    expect(cells.filter((cell) => !words.has(cellKey(cell)))).toEqual([]);
  });

  test('every setting has a label, a hint, a unit and a sentence for a wrong value', () => {
    const names = Object.keys(stationSettings.shape);
    const missing = names.flatMap((name) =>
      ['label', 'hint', 'unit', 'wrong']
        .map((part) => `settings.fields.${name}.${part}`)
        .filter((key) => !words.has(key)),
    );
    expect(missing).toEqual([]);
  });
});

test('Welsh has the same keys as English, no more and no fewer', () => {
  expect([...cy.keys()].filter((key) => !en.has(key))).toEqual([]);
  expect([...en.keys()].filter((key) => !cy.has(key))).toEqual([]);
});

test('Welsh fills in the same names as English and has the same number of plural forms', () => {
  const named = (text = ''): readonly string[] => [...new Set(text.match(/\{\w+\}/g))].toSorted();
  const forms = (text = ''): number => text.split(' | ').length;
  const unlike = [...en].filter(([key, text]) => {
    const other = cy.get(key);
    return named(text).join() !== named(other).join() || forms(text) !== forms(other);
  });
  expect(unlike.map(([key]) => key)).toEqual([]);
});

test('Welsh is Welsh: only names, units and codes stand as they do in English', () => {
  const same = [...en].filter(([key, text]) => text !== '' && cy.get(key) === text).map(([key]) => key);
  expect(same).toEqual(['footer.version', 'grounds.livescan.short']);
});

test('no answer is called clear or illegal, and an immigration record never reads as an accusation', () => {
  const answers = [...en].filter(([key]) => key.startsWith('results.'));
  const wrong = /\b(clear(ed)?|illegal|unlawful|overstay\w*|offender|wanted|deport\w*|criminal)\b/i;
  expect(answers.filter(([, text]) => wrong.test(text))).toEqual([]);
  expect(en.get('results.meaning.immigration.match')).toContain('nothing more');
});

test('a timeout is never called a no match', () => {
  expect(en.get('results.meaning.police.timed-out')).toContain('not a no match');
  expect(en.get('results.meaning.immigration.timed-out')).toContain('not a no match');
});
