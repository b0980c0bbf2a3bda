import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortlist } from '../../../../native-bridge/matcher/index/shortlist.ts';

test('a shortlist holds the people with the most votes, of equals the first, in the order of the gallery', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 200 }), fc.nat(250), (votes, keep) => {
      const expected = [...votes.keys()]
        .toSorted((left, right) => votes[right] - votes[left] || left - right)
        .slice(0, keep)
        .toSorted((left, right) => left - right);
      expect([...shortlist(Uint16Array.from(votes), keep)]).toEqual(expected);
    }),
  );
});

test('a vote at the top of its range is counted like any other', () => {
  expect([...shortlist(Uint16Array.of(65_535, 0, 65_535, 1), 1)]).toEqual([0]);
});
