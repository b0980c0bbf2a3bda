import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { trainingPopulation } from '../../../electron/training/training-people.ts';
import { answerOf } from '../../support/answer-of.ts';
import { checkPerson } from '../../support/officer.ts';
import { startTestStation, TEST_PEOPLE, type StationClient, type TestStation } from '../../support/test-station.ts';

const POPULATION = trainingPopulation(TEST_PEOPLE);
const IN_BOTH = POPULATION.find(({ immigration, police }) => police !== null && immigration !== null);
const POLICE_ONLY = POPULATION.find(({ immigration }) => immigration === null);
const STRANGER = 5_000;

describe('one identity check, from grounds to closed', () => {
  let station: TestStation;
  let officer: StationClient;

  beforeAll(async () => {
    station = await startTestStation();
    officer = (await station.signIn('officer')).client;
  });
  afterAll(() => station[Symbol.asyncDispose]());

  test('somebody who is in both galleries is found in both, under each one’s reference', async () => {
    const results = await checkPerson(station, officer, IN_BOTH?.personSeed ?? -1);

    expect(answerOf(results, 'police')).toMatchObject({
      kind: 'match',
      candidates: [{ reference: { printed: IN_BOTH?.police, fault: null } }],
    });
    expect(answerOf(results, 'immigration')).toMatchObject({
      kind: 'match',
      candidates: [{ reference: { kind: 'immigration-reference', printed: IN_BOTH?.immigration } }],
    });
    await officer.checks.close({ checkId: results.checkId });
  });

  test('somebody who is in the police gallery alone is found there, and the other says what it searched', async () => {
    const results = await checkPerson(station, officer, POLICE_ONLY?.personSeed ?? -1);

    expect(answerOf(results, 'police')).toMatchObject({ kind: 'match' });
    expect(answerOf(results, 'immigration')).toMatchObject({
      kind: 'no-match',
      searched: { people: TEST_PEOPLE, origin: 'synthetic training gallery' },
    });
    await officer.checks.close({ checkId: results.checkId });
  });

  test('a stranger is found in neither', async () => {
    const results = await checkPerson(station, officer, STRANGER);

    expect(answerOf(results, 'police').kind).toBe('no-match');
    expect(answerOf(results, 'immigration').kind).toBe('no-match');
    await officer.checks.close({ checkId: results.checkId });
  });

  test('when the results are shown, every buffer is zero and has one receipt', async () => {
    station.buffers.clear();

    const results = await checkPerson(station, officer, STRANGER);

    expect(station.buffers.size).toBe(4);
    expect([...station.buffers.values()].every(isAllZero)).toBe(true);
    expect(results.receipts.map(({ bufferId }) => bufferId).sort()).toEqual([...station.buffers.keys()].sort());
    await officer.checks.close({ checkId: results.checkId });
  });

  test('the audit log of all these checks is whole, and each search had grounds', async () => {
    const { client: auditor } = await station.signIn('auditor');

    let last: unknown = null;
    for await (const said of await auditor.audit.verify({})) last = said;

    expect(last).toMatchObject({ kind: 'whole' });
  });
});
