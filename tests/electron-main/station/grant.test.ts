import { expect, test } from 'vitest';
import { createGrantBook } from '../../../electron/station/check/grant.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import { soundGrounds } from '../../support/sound-grounds.ts';

const CHECK = '11111111-1111-4111-8111-111111111111';
const OTHER_CHECK = '22222222-2222-4222-8222-222222222222';

test('a grant stands for its check and its unaltered grounds', () => {
  const book = createGrantBook(systemRandomness);
  const { grantId } = book.issue(CHECK, soundGrounds());

  expect(book.require(grantId, CHECK, soundGrounds()).checkId).toBe(CHECK);
});

test('an invented grant is refused', () => {
  const book = createGrantBook(systemRandomness);

  expect(() => book.require(OTHER_CHECK, CHECK, soundGrounds())).toThrow('grant.none');
});

test('a grant of another check is refused', () => {
  const book = createGrantBook(systemRandomness);
  const { grantId } = book.issue(CHECK, soundGrounds());

  expect(() => book.require(grantId, OTHER_CHECK, soundGrounds())).toThrow('grant.none');
});

test('a grant dies with its check', () => {
  const book = createGrantBook(systemRandomness);
  const { grantId } = book.issue(CHECK, soundGrounds());

  book.end(CHECK);

  expect(() => book.require(grantId, CHECK, soundGrounds())).toThrow('grant.ended');
});

test('one altered letter of the grounds ends what the grant is good for', () => {
  const book = createGrantBook(systemRandomness);
  const grounds = soundGrounds();
  const { grantId } = book.issue(CHECK, grounds);
  const altered = { ...grounds, powerHolder: { ...grounds.powerHolder, collarNumber: 'PC 4218' } };

  expect(() => book.require(grantId, CHECK, altered)).toThrow('grounds.altered');
  expect(() => book.require(grantId, CHECK, null)).toThrow('grounds.altered');
});

test('the order in which the fields were written is no alteration', () => {
  const book = createGrantBook(systemRandomness);
  const grounds = soundGrounds();
  const { grantId } = book.issue(CHECK, grounds);
  const reordered = Object.fromEntries(Object.entries(grounds).toReversed()) as typeof grounds;

  expect(() => book.require(grantId, CHECK, reordered)).not.toThrow();
});
