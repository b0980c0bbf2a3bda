import { expect, test } from 'vitest';
import { createSwitchedProvider } from '../../../../electron/station/databases/switched-provider.ts';
import { NO_MATCH, settle, ToldDatabase } from '../../../support/searching-check.ts';

class ClosableDatabase extends ToldDatabase {
  isClosed = false;

  override async [Symbol.asyncDispose](): Promise<void> {
    this.isClosed = true;
  }
}

const PROBE = { checkId: 'a', checkReference: 'RW-2026-000001', fingers: [], impressions: [] };
const options = () => ({
  signal: new AbortController().signal,
  deadlineMs: 1_000,
  onProgress: () => {},
  hold: () => Promise.reject(new Error('nothing is encoded here')),
});

test('a search that runs goes on with the provider that it began with, which is closed when it has ended', async () => {
  const first = new ClosableDatabase('police');
  const second = new ClosableDatabase('police');
  const provider = createSwitchedProvider('police', first);
  const running = provider.search(PROBE, options());

  provider.become(second);
  await settle();
  expect(first.isClosed).toBe(false);
  first.say(NO_MATCH);

  expect(await running).toEqual(NO_MATCH);
  await settle();
  expect([first.isClosed, second.isClosed]).toEqual([true, false]);
});

test('the next search is the new provider’s, and an unused one is closed at once', async () => {
  const first = new ClosableDatabase('police');
  const second = new ClosableDatabase('police');
  const provider = createSwitchedProvider('police', first);

  provider.become(second);
  const running = provider.search(PROBE, options());
  await settle();
  second.say(NO_MATCH);
  await running;

  expect([first.timesAsked, second.timesAsked]).toEqual([0, 1]);
  expect(first.isClosed).toBe(true);
});

test('closing it closes what is behind it', async () => {
  const first = new ClosableDatabase('police');

  await createSwitchedProvider('police', first)[Symbol.asyncDispose]();

  expect(first.isClosed).toBe(true);
});
