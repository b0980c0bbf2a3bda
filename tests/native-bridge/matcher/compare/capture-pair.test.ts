import { expect, test } from 'vitest';
import { examineCapturePair } from '../../../../native-bridge/matcher/compare/capture-pair.ts';
import { createComparer, type PreparedTemplate } from '../../../../native-bridge/matcher/compare/comparer.ts';
import { loopSideOf } from '../../../../native-bridge/matcher/compare/loop-side.ts';
import { createExtractor } from '../../../../native-bridge/matcher/extract/extract-template.ts';
import { createFinger } from '../../../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../../../native-bridge/synthesis/take-impression.ts';

const extractor = createExtractor();
const comparer = createComparer();

function printOf(
  seed: number,
  fingerClass: 'left-loop' | 'right-loop' | 'whorl',
  impression: number,
): PreparedTemplate {
  const extraction = extractor.extract(
    takeImpression(createFinger(seed, { fingerClass }), impression, { hardship: 0 }),
  );
  if (extraction.kind === 'unusable') throw new Error(extraction.reason);
  return comparer.prepare(extraction.template);
}

const right = printOf(31, 'right-loop', 1);
const left = printOf(32, 'left-loop', 1);

test('the loop of a synthetic right loop opens to the right, that of a left loop to the left', () => {
  expect([loopSideOf(right.finger.orientation), loopSideOf(left.finger.orientation)]).toEqual(['right', 'left']);
});

test('one finger laid on twice is noticed, whatever positions were asked for', () => {
  const again = printOf(31, 'right-loop', 2);
  expect(examineCapturePair(comparer, { position: 2, template: right }, { position: 7, template: again }).kind).toBe(
    'same-finger',
  );
});

test('a right loop and a left loop in their own hands are nothing to mention', () => {
  expect(examineCapturePair(comparer, { position: 2, template: right }, { position: 7, template: left })).toEqual({
    kind: 'nothing',
  });
});

test('a left loop as the right index and a right loop as the left index are perhaps swapped', () => {
  expect(examineCapturePair(comparer, { position: 2, template: left }, { position: 7, template: right })).toEqual({
    kind: 'perhaps-swapped',
  });
});

test('one loop against its hand is no reason to ask: it happens', () => {
  expect(examineCapturePair(comparer, { position: 2, template: right }, { position: 3, template: left })).toEqual({
    kind: 'nothing',
  });
});
