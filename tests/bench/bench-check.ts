/**
 * Measures the wait of the officer: from the lift of the second finger to both answers, with two galleries of synthetic
 * people, the real driver over the simulated scanner, and the real matcher.
 *
 *   npm run bench:check -- [--people 1000] [--checks 60]
 */
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { trainingPopulation } from '../../electron/training/training-people.ts';
import { answerOf } from '../support/answer-of.ts';
import { checkPerson } from '../support/officer.ts';
import { startTestStation } from '../support/test-station.ts';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000' }, checks: { type: 'string', default: '60' } },
});
const people = Number(values.people);
const checks = Number(values.checks);
if (!Number.isInteger(people) || people < 10 || !Number.isInteger(checks) || checks < 1) {
  console.error('bench:check takes --people (10 or more) and --checks (1 or more), both whole numbers.');
  process.exit(2);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const buildStarted = performance.now();
await using station = await startTestStation({ people });
const buildSeconds = (performance.now() - buildStarted) / 1_000;
const { client } = await station.signIn('officer');
const population = trainingPopulation(people);
const waits: number[] = [];
let wrong = 0;
let found = 0;
let expected = 0;
for (let index = 0; index < checks; index += 1) {
  // Spread over the whole population, and one stranger in five.
  const isStranger = index % 5 === 4;
  const personSeed = isStranger ? 10_000_000 + index : Math.floor((index * population.length) / checks);
  const person = isStranger ? undefined : population[personSeed];
  const results = await checkPerson(station, client, personSeed);
  waits.push(results.msFromLiftToAnswers ?? Number.NaN);
  for (const database of ['police', 'immigration'] as const) {
    const wanted = person?.[database] ?? null;
    const answer = answerOf(results, database);
    const shown =
      answer.kind === 'match' || answer.kind === 'possible-match' ? answer.candidates[0]?.reference.printed : null;
    if (wanted !== null) expected += 1;
    if (wanted !== null && shown === wanted) found += 1;
    if (shown !== null && shown !== wanted) wrong += 1;
  }
  await client.checks.close({ checkId: results.checkId });
}
waits.sort((one, other) => one - other);
const figures = {
  people,
  checks,
  cores: availableParallelism(),
  p50Ms: percentile(waits, 0.5),
  p95Ms: percentile(waits, 0.95),
  maximumMs: waits.at(-1),
  expectedMatches: expected,
  foundMatches: found,
  wrongIdentities: wrong,
  gallerySeconds: Math.round(buildSeconds),
};
console.table([figures]);
console.log(JSON.stringify(figures));
