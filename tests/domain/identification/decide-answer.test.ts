import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAnswer } from '../../../electron/domain/identification/decide-answer.ts';

const THRESHOLDS = { match: 6, possible: 4 };

test('nobody in the gallery is no match', () => {
  expect(decideAnswer([], THRESHOLDS)).toEqual({ kind: 'no-match' });
});

test('a best candidate just below the possible threshold is no match', () => {
  expect(decideAnswer([{ reference: 'A', score: 3.999 }], THRESHOLDS)).toEqual({ kind: 'no-match' });
});

test.each([
  [4, 'possible-match', 'possible'],
  [5.999, 'possible-match', 'possible'],
  [6, 'match', 'strong'],
  [7.999, 'match', 'strong'],
  [8, 'match', 'very-strong'],
  [Infinity, 'match', 'very-strong'],
])('a score of %s is a %s that is called %s', (score, kind, likelihood) => {
  expect(decideAnswer([{ reference: 'A', score }], THRESHOLDS)).toEqual({
    kind,
    candidates: [{ reference: 'A', likelihood }],
  });
});

test('two records that pass with no clear lead are a possible match that lists both, best first', () => {
  const answer = decideAnswer(
    [
      { reference: 'B', score: 6.5 },
      { reference: 'A', score: 8.4 },
    ],
    THRESHOLDS,
  );

  expect(answer).toEqual({
    kind: 'possible-match',
    candidates: [
      { reference: 'A', likelihood: 'very-strong' },
      { reference: 'B', likelihood: 'strong' },
    ],
  });
});

test('a record that leads by two or more is the match although another passes', () => {
  const answer = decideAnswer(
    [
      { reference: 'A', score: 8.5 },
      { reference: 'B', score: 6.5 },
    ],
    THRESHOLDS,
  );

  expect(answer).toMatchObject({ kind: 'match', candidates: [{ reference: 'A' }, { reference: 'B' }] });
});

test('a match with a merely possible record close behind stays a match', () => {
  const answer = decideAnswer(
    [
      { reference: 'A', score: 6.1 },
      { reference: 'B', score: 5.9 },
    ],
    THRESHOLDS,
  );

  expect(answer).toMatchObject({ kind: 'match', candidates: [{ reference: 'A' }, { likelihood: 'possible' }] });
});

test('a reference that comes twice is listed once, with its best score, and is no rival of itself', () => {
  const answer = decideAnswer(
    [
      { reference: 'A', score: 6.1 },
      { reference: 'A', score: 8.1 },
      { reference: 'A', score: 6.2 },
    ],
    THRESHOLDS,
  );

  expect(answer).toEqual({ kind: 'match', candidates: [{ reference: 'A', likelihood: 'very-strong' }] });
});

test('at most ten candidates are listed, the best ones', () => {
  const crowd = Array.from({ length: 12 }, (_, index) => ({ reference: `R${index}`, score: 4 + index / 10 }));

  const answer = decideAnswer(crowd, THRESHOLDS);

  expect(answer.kind === 'no-match' ? [] : answer.candidates.map(({ reference }) => reference)).toEqual(
    crowd
      .toReversed()
      .slice(0, 10)
      .map(({ reference }) => reference),
  );
});

test('the order in which the candidates come does not change the answer', () => {
  const candidate = fc.record({
    reference: fc.constantFrom('A', 'B', 'C', 'D'),
    score: fc.constantFrom(3, 4, 5, 6, 7, 8, 9),
  });
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 8 }), (candidates) => {
      expect(decideAnswer(candidates.toReversed(), THRESHOLDS)).toEqual(decideAnswer(candidates, THRESHOLDS));
    }),
  );
});

test('a score that is no number is a fault, not an answer', () => {
  expect(() => decideAnswer([{ reference: 'A', score: Number.NaN }], THRESHOLDS)).toThrow(
    'identification.score-not-a-number',
  );
});

test.each([
  { match: 3, possible: 4 },
  { match: Number.NaN, possible: 4 },
])('thresholds $match and $possible that cross are a fault', (thresholds) => {
  expect(() => decideAnswer([], thresholds)).toThrow('identification.thresholds-crossed');
});
