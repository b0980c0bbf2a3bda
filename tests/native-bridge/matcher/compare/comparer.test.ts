import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createComparer, fuseFingers } from '../../../../native-bridge/matcher/compare/comparer.ts';
import { placedTemplate, syntheticFinger } from './synthetic-template.ts';

const comparer = createComparer();
const seeds = fc.integer({ min: 1, max: 100_000 });
const turns = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const moves = fc.double({ min: -60, max: 60, noNaN: true });

/** Bounds that docs/matcher.md names. */
const SYMMETRY_BOUND = 1.5;
const LEAST_SELF_SCORE = 6;
/** A finger turned and moved keeps at least this share of its score with itself. */
const PLACED_SHARE = 0.6;

test('a finger turned by any angle and moved is still the same finger', () => {
  fc.assert(
    fc.property(seeds, turns, moves, moves, (seed, turnRad, dx, dy) => {
      const minutiae = syntheticFinger(seed);
      const record = comparer.prepare(placedTemplate(seed, minutiae, 0, 0, 0));
      const probe = comparer.prepare(placedTemplate(seed, minutiae, turnRad, dx, dy));
      const same = comparer.compare(record, record);
      expect(same).toBeGreaterThan(LEAST_SELF_SCORE);
      expect(comparer.compare(probe, record)).toBeGreaterThan(same * PLACED_SHARE);
    }),
    { numRuns: 60 },
  );
});

test('two different fingers score below 4, whichever way they lie', () => {
  fc.assert(
    fc.property(seeds, seeds, turns, (first, second, turnRad) => {
      fc.pre(first !== second);
      const probe = comparer.prepare(placedTemplate(first, syntheticFinger(first), turnRad, 0, 0));
      const record = comparer.prepare(placedTemplate(second, syntheticFinger(second), 0, 0, 0));
      expect(comparer.compare(probe, record)).toBeLessThan(4);
    }),
    { numRuns: 150 },
  );
});

test('probe and record may be exchanged within the documented bound', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 8, max: 40 }), turns, (seed, kept, turnRad) => {
      const minutiae = syntheticFinger(seed);
      const probe = comparer.prepare(placedTemplate(seed, minutiae.slice(0, kept), turnRad, 5, -5));
      const record = comparer.prepare(placedTemplate(seed, minutiae.slice(-32), 0, 0, 0));
      const there = comparer.compare(probe, record);
      const back = comparer.compare(record, probe);
      expect(Math.abs(there - back)).toBeLessThan(SYMMETRY_BOUND + 0.1 * Math.max(there, back));
    }),
    { numRuns: 60 },
  );
});

test('the same comparison gives the same score, whatever was compared in between and after clearing', () => {
  const [one, other] = [1, 2].map((seed) => comparer.prepare(placedTemplate(seed, syntheticFinger(seed), 0.3, 0, 0)));
  const moved = comparer.prepare(placedTemplate(1, syntheticFinger(1).slice(4), 0, 9, 9));
  const score = comparer.compare(one, moved);
  comparer.compare(other, one);
  expect(comparer.compare(one, moved)).toBe(score);
  comparer.clear();
  expect(comparer.compare(one, moved)).toBe(score);
});

test('a template without minutiae scores 0 against everything', () => {
  const empty = comparer.prepare(placedTemplate(1, [], 0, 0, 0));
  const finger = comparer.prepare(placedTemplate(1, syntheticFinger(1), 0, 0, 0));
  expect([comparer.compare(empty, finger), comparer.compare(finger, empty), comparer.compare(empty, empty)]).toEqual([
    0, 0, 0,
  ]);
});

test('the most minutiae that a template can hold are compared', () => {
  const full = comparer.prepare(placedTemplate(3, syntheticFinger(3, 128), 0, 0, 0));
  expect(full.count).toBe(128);
  expect(comparer.compare(full, full)).toBeGreaterThan(LEAST_SELF_SCORE);
});

test('fusing fingers keeps the scale: one finger is itself, more agreeing fingers say more, none says nothing', () => {
  expect(fuseFingers([])).toBe(0);
  expect(fuseFingers([3.2])).toBe(3.2);
  expect(fuseFingers([3, 3])).toBeGreaterThan(4.5);
  expect(fuseFingers([3, 3])).toBeLessThan(6);
  // Two fingers of which each looks as alike as the median of strangers are no evidence.
  expect(fuseFingers([0.3, 0.3])).toBeLessThan(0.5);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 2, maxLength: 10 }), (scores) => {
      expect(fuseFingers(scores)).toBeCloseTo(fuseFingers(scores.toReversed()), 9);
      expect(fuseFingers(scores.with(0, scores[0] + 1))).toBeGreaterThan(fuseFingers(scores));
    }),
  );
});
