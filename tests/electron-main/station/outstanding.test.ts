import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import type { DatabaseName, DatabaseSearch } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { ASK_AGAIN_AFTER_MS, MAXIMUM_TIMES_ASKED } from '../../../electron/station/check/database-search.ts';
import { matchWith, NO_MATCH, searchingCheck, settle, type SearchingCheck } from '../../support/searching-check.ts';

const DEADLINE_MS = DEFAULT_SETTINGS.searchDeadlineMs;
const LIMIT_MS = DEFAULT_SETTINGS.outstandingLimitSeconds * 1_000;
const UNREACHABLE = { kind: 'unavailable', reason: 'gateway-unreachable' } as const;

function stateOf({ view }: SearchingCheck, database: DatabaseName): DatabaseSearch {
  const present = view();
  if (present.stage !== 'searching' && present.stage !== 'results') throw new Error(`the check is ${present.stage}`);
  return present.databases[database];
}

/** A check whose police database has answered, and whose immigration database is late. */
async function oneLate(): Promise<SearchingCheck> {
  const searching = await searchingCheck();
  searching.databases.police.say(matchWith('2018/0123456P'));
  await settle();
  searching.clock.advance(DEADLINE_MS);
  await settle();
  return searching;
}

function receiptsOf({ view }: SearchingCheck): readonly string[] {
  const present = view();
  return present.stage === 'results' || present.stage === 'closed' ? present.receipts.map(({ why }) => why) : [];
}

test('a database is queued, sent, searching and answered, in that order', async () => {
  const searching = await searchingCheck();
  const { immigration } = searching.databases;

  const states = [stateOf(searching, 'immigration').state];
  immigration.progress('sent');
  states.push(stateOf(searching, 'immigration').state);
  immigration.progress();
  states.push(stateOf(searching, 'immigration').state);
  immigration.say(NO_MATCH);
  await settle();

  expect([...states, stateOf(searching, 'immigration').state]).toEqual(['queued', 'sent', 'searching', 'answered']);
});

test('a database that is late is outstanding, its prints stay, and the other’s answer is there', async () => {
  const searching = await oneLate();

  expect(stateOf(searching, 'immigration')).toMatchObject({
    state: 'outstanding',
    why: 'no-answer-yet',
    isWaiting: false,
    canTryAgain: true,
  });
  expect(stateOf(searching, 'police')).toMatchObject({ state: 'answered', came: 'in-time', answer: { kind: 'match' } });
  expect(searching.buffers.some(isAllZero)).toBe(false);
  await expect(searching.check.viewResults()).resolves.toMatchObject({ stage: 'searching' });
  expect(searching.records.notes.at(-1)?.code).toBe('result-viewed');
});

test('an answer cannot be consulted while the other database is still within its time', async () => {
  const searching = await searchingCheck();
  searching.databases.police.say(NO_MATCH);
  await settle();

  await expect(searching.check.viewResults()).rejects.toMatchObject({ code: 'check.wrong-stage' });
});

test('a late answer is taken as the answer, and logged as late', async () => {
  const searching = await oneLate();

  searching.databases.immigration.say(NO_MATCH);
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({ state: 'answered', came: 'late' });
  expect(searching.view()).toMatchObject({ stage: 'results', msFromLiftToAnswers: expect.any(Number) });
  expect(searching.buffers.every(isAllZero)).toBe(true);
  expect(searching.records.notes).toContainEqual({
    code: 'answer-received',
    details: { database: 'immigration', answer: 'no-match', came: 'late' },
  });
});

test('waiting on changes nothing but that it is known: the search that runs goes on', async () => {
  const searching = await oneLate();

  await searching.check.decide('immigration', 'keep-waiting');
  searching.clock.advance(ASK_AGAIN_AFTER_MS);
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({ state: 'outstanding', isWaiting: true });
  expect(searching.databases.immigration.timesAsked).toBe(1);
  expect(searching.records.notes.at(-1)).toEqual({ code: 'search-waited', details: { database: 'immigration' } });
});

test('a database that could not be asked is asked again by itself while the officer waits', async () => {
  const searching = await searchingCheck();
  const { immigration } = searching.databases;
  immigration.say(UNREACHABLE);
  await settle();
  expect(stateOf(searching, 'immigration')).toMatchObject({ state: 'outstanding', why: 'gateway-unreachable' });
  expect(immigration.isAsked).toBe(false);

  await searching.check.decide('immigration', 'keep-waiting');
  searching.clock.advance(ASK_AGAIN_AFTER_MS);
  await settle();

  expect(immigration.timesAsked).toBe(2);
  expect(stateOf(searching, 'immigration').state).toBe('outstanding');
  immigration.say(NO_MATCH);
  await settle();
  expect(stateOf(searching, 'immigration')).toMatchObject({ state: 'answered', came: 'late' });
  expect(searching.records.notes).toContainEqual({
    code: 'search-retried',
    details: { database: 'immigration', by: 'station' },
  });
});

test('trying again ends the search that runs and asks once more, under the same grant', async () => {
  const searching = await oneLate();
  const { immigration } = searching.databases;

  await searching.check.tryAgain(searching.grantId, 'immigration');
  await settle();

  expect([immigration.timesAsked, immigration.timesEnded]).toEqual([2, 1]);
  expect(stateOf(searching, 'immigration').state).toBe('queued');
  expect(searching.buffers.some(isAllZero)).toBe(false);
  immigration.say(NO_MATCH);
  await settle();
  expect(searching.view().stage).toBe('results');
});

test('trying again needs the grant, and grounds that nobody altered', async () => {
  const searching = await oneLate();

  await expect(searching.check.tryAgain('00000000-0000-4000-8000-00000000000f', 'immigration')).rejects.toMatchObject({
    code: 'grant.none',
  });

  expect(searching.databases.immigration.timesAsked).toBe(1);
});

test('going on without a database ends its search, erases the prints and shows a timeout, never a no match', async () => {
  const searching = await oneLate();

  await searching.check.decide('immigration', 'go-on-without');
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({
    state: 'answered',
    came: 'given-up',
    answer: { kind: 'timed-out' },
  });
  expect(searching.databases.immigration.timesEnded).toBe(1);
  expect(searching.view()).toMatchObject({ stage: 'results', msFromLiftToAnswers: null });
  expect(searching.buffers.every(isAllZero)).toBe(true);
  expect(receiptsOf(searching)).toEqual(Array(4).fill('answers-complete'));
  expect(searching.records.notes.map(({ code }) => code)).toContain('search-given-up');
});

test('what was never reached is unavailable when the officer goes on without it', async () => {
  const searching = await searchingCheck();
  searching.databases.immigration.say(UNREACHABLE);
  searching.databases.police.say(NO_MATCH);
  await settle();

  await searching.check.decide('immigration', 'go-on-without');
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({ answer: UNREACHABLE, came: 'given-up' });
});

test('prints are zero the moment a database is given up, although it has not let go of them yet', async () => {
  const searching = await oneLate();
  searching.databases.immigration.isStubborn = true;

  await searching.check.decide('immigration', 'go-on-without');
  await settle();

  expect(searching.buffers.every(isAllZero)).toBe(true);
  expect(searching.view().stage).toBe('searching');
  searching.databases.immigration.letGo();
  await settle();
  expect(searching.view().stage).toBe('results');
});

test('when nobody decides, the limit does: the search ends as timed out and the prints go', async () => {
  const searching = await oneLate();

  searching.clock.advance(LIMIT_MS - 1);
  await settle();
  expect(searching.buffers.some(isAllZero)).toBe(false);
  searching.clock.advance(1);
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({ came: 'limit-passed', answer: { kind: 'timed-out' } });
  expect(searching.buffers.every(isAllZero)).toBe(true);
  expect(searching.records.notes).toContainEqual({
    code: 'search-given-up',
    details: { database: 'immigration', by: 'limit' },
  });
});

test('neither waiting on nor trying again moves the limit', async () => {
  const searching = await oneLate();
  searching.clock.advance(LIMIT_MS / 2);
  await settle();
  await searching.check.decide('immigration', 'keep-waiting');
  await searching.check.tryAgain(searching.grantId, 'immigration');
  await settle();

  searching.clock.advance(LIMIT_MS / 2);
  await settle();

  expect(stateOf(searching, 'immigration')).toMatchObject({ came: 'limit-passed' });
  expect(searching.buffers.every(isAllZero)).toBe(true);
});

test('a database is asked ten times for one check and no more', async () => {
  const searching = await searchingCheck();
  const { immigration } = searching.databases;
  for (let asked = 1; asked < MAXIMUM_TIMES_ASKED; asked += 1) {
    immigration.say(UNREACHABLE);
    await settle();
    await searching.check.tryAgain(searching.grantId, 'immigration');
    await settle();
  }
  immigration.say(UNREACHABLE);
  await settle();

  const call = searching.check.tryAgain(searching.grantId, 'immigration');

  await expect(call).rejects.toMatchObject({ code: 'search.asked-too-often' });
  expect(stateOf(searching, 'immigration')).toMatchObject({ state: 'outstanding', canTryAgain: false });
  expect(immigration.timesAsked).toBe(MAXIMUM_TIMES_ASKED);
});

test.each([
  'gallery-missing',
  'gallery-expired',
  'gateway-untrusted',
  'certificate-expired',
  'gateway-refused',
] as const)('%s ends the search at once: trying again could not mend it', async (reason) => {
  const searching = await searchingCheck();

  searching.databases.police.say({ kind: 'unavailable', reason });
  searching.databases.immigration.say(NO_MATCH);
  await settle();

  expect(searching.view().stage).toBe('results');
  expect(stateOf(searching, 'police')).toMatchObject({ came: 'in-time', answer: { reason } });
});

test('nothing can be decided about a database that is not outstanding', async () => {
  const searching = await searchingCheck();
  const { check, grantId } = searching;

  await expect(check.decide('police', 'keep-waiting')).rejects.toMatchObject({ code: 'search.not-outstanding' });
  await expect(check.decide('police', 'go-on-without')).rejects.toMatchObject({ code: 'search.not-outstanding' });
  await expect(check.tryAgain(grantId, 'police')).rejects.toMatchObject({ code: 'search.not-outstanding' });
});

test('two presses of try again ask once', async () => {
  const searching = await oneLate();

  const presses = await Promise.allSettled([
    searching.check.tryAgain(searching.grantId, 'immigration'),
    searching.check.tryAgain(searching.grantId, 'immigration'),
  ]);
  await settle();

  expect(presses.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(searching.databases.immigration.timesAsked).toBe(2);
});

test.each(['declined', 'abandoned', 'time-spent', 'station-closing'] as const)(
  '%s while one database is outstanding erases at once, and counts the answer that was there',
  async (ending) => {
    const searching = await oneLate();

    await searching.check.end(ending);
    await settle();

    expect(searching.buffers.every(isAllZero)).toBe(true);
    expect(receiptsOf(searching)).toEqual(Array(4).fill(ending));
    expect(searching.records.ends).toHaveLength(1);
    expect(searching.records.ends[0]).toMatchObject({
      ending,
      answers: { police: 'match', immigration: 'unavailable' },
    });
  },
);

test.each(['locked', 'suspended', 'signed-out', 'window-closed'] as const)(
  '%s while one database is outstanding erases at once; what was searched stays searched when the time is spent',
  async (why) => {
    const searching = await oneLate();

    await searching.check.interrupt(why);
    await settle();
    expect(searching.buffers.every(isAllZero)).toBe(true);
    expect(searching.view()).toMatchObject({ stage: 'interrupted', goesOnAt: 'capture' });
    await searching.check.resume();
    searching.clock.advance(DEFAULT_SETTINGS.checkTimeToLiveMinutes * 60_000);
    await settle();

    expect(searching.records.ends).toHaveLength(1);
    expect(searching.records.ends[0]).toMatchObject({ answers: { police: 'match', immigration: 'unavailable' } });
  },
);

test('a check that is closed with one answer outstanding is counted once, with that answer', async () => {
  const searching = await oneLate();
  await searching.check.decide('immigration', 'go-on-without');
  await settle();

  await searching.check.close();

  expect(searching.records.ends).toHaveLength(1);
  expect(searching.records.ends[0]).toMatchObject({
    ending: 'answered',
    answers: { police: 'match', immigration: 'timed-out' },
    msFromLiftToAnswers: null,
  });
  expect(searching.view()).toMatchObject({ stage: 'closed', unanswered: ['immigration'] });
});

test('a log that cannot take what happens to a search ends the check, and the prints go', async () => {
  const searching = await searchingCheck();
  searching.records.refuse('search-outstanding');

  searching.databases.immigration.say(UNREACHABLE);
  await settle();

  expect(searching.view().stage).toBe('closed');
  expect(searching.buffers.every(isAllZero)).toBe(true);
});

test('a number whose check letter does not fit is shown as received, and its kind is logged without it', async () => {
  const searching = await searchingCheck();

  searching.databases.police.say(matchWith('2003/0011985Z'));
  searching.databases.immigration.say(matchWith('2003/0011985Z'));
  await settle();

  const fault = 'wrong-check-letter';
  expect(stateOf(searching, 'police')).toMatchObject({
    answer: { candidates: [{ reference: { kind: 'pnc-id', printed: '2003/0011985Z', fault } }] },
  });
  expect(stateOf(searching, 'immigration')).toMatchObject({
    answer: { candidates: [{ reference: { kind: 'immigration-reference', fault: null } }] },
  });
  const doubted = searching.records.notes.filter(({ code }) => code === 'reference-doubted');
  expect(doubted).toEqual([{ code: 'reference-doubted', details: { database: 'police', kind: 'pnc-id', fault } }]);
});
