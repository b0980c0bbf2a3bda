import { expect, test } from 'vitest';
import { OUTSTANDING_REASONS } from '../../../electron/contract/checks.ts';
import { outstandingReason } from '../../../electron/domain/identification/outstanding-reason.ts';

test.each(OUTSTANDING_REASONS.filter((reason) => reason !== 'no-answer-yet'))(
  '%s may be mended by trying again, so the officer is asked',
  (reason) => {
    expect(outstandingReason({ kind: 'unavailable', reason })).toBe(reason);
  },
);

test('a database that gave up waiting has given no answer yet', () => {
  expect(outstandingReason({ kind: 'timed-out' })).toBe('no-answer-yet');
});

test.each([
  'gallery-missing',
  'gallery-damaged',
  'gallery-expired',
  'gateway-untrusted',
  'gateway-refused',
  'gateway-not-set-up',
  'certificate-expired',
  'matcher-failed',
  'ended-before-answer',
])('%s stays so however often it is tried, so the search has ended', (reason) => {
  expect(outstandingReason({ kind: 'unavailable', reason })).toBeNull();
});

test.each(['match', 'possible-match', 'no-match', 'unusable'])('%s is an answer', (kind) => {
  expect(outstandingReason({ kind })).toBeNull();
});
