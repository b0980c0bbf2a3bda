import type { CheckView, DatabaseAnswer, DatabaseName } from '../../electron/contract/checks.ts';

/** What one database said on the page of the results, where each has said something. */
export function answerOf(
  { databases }: Pick<Extract<CheckView, { stage: 'results' }>, 'databases'>,
  database: DatabaseName,
): DatabaseAnswer {
  const search = databases[database];
  if (search.state !== 'answered') throw new Error(`${database} is ${search.state}`);
  return search.answer;
}
