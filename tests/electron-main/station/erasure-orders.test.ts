import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import type { SearchAnswer } from '../../../electron/search/search-answer.ts';
import { matchWith, NO_MATCH, searchingCheck, settle } from '../../support/searching-check.ts';

const MINUTE_MS = 60_000;

/** What a database can say at last, and how a search can break. */
const TERMINAL = {
  match: matchWith('X'),
  'no-match': NO_MATCH,
  unusable: { kind: 'unusable', reason: 'too-few-minutiae' },
  unavailable: { kind: 'unavailable', reason: 'gallery-missing' },
  throws: 'throws',
} as const satisfies Record<string, SearchAnswer | 'throws'>;
type Terminal = keyof typeof TERMINAL;

/** What happens, in some order: a database goes on, a database says its last word, the check's time is spent. */
type Event = `${DatabaseName}-${'progress' | 'ends'}` | 'time-spent';
const EVENTS: readonly Event[] = [
  'police-progress',
  'police-ends',
  'immigration-progress',
  'immigration-ends',
  'time-spent',
];

/** Every order in which a database's progress comes before its end. */
function allOrders(left: readonly Event[] = EVENTS): readonly (readonly Event[])[] {
  if (left.length === 0) return [[]];
  return left.flatMap((event) => {
    const database = event.split('-')[0];
    const isTooEarly = event.endsWith('-ends') && left.includes(`${database}-progress` as Event);
    if (isTooEarly) return [];
    return allOrders(left.filter((other) => other !== event)).map((rest) => [event, ...rest]);
  });
}

async function play(order: readonly Event[], ends: Readonly<Record<DatabaseName, Terminal>>): Promise<void> {
  const { buffers, clock, databases, view } = await searchingCheck();
  const past = new Set<Event>();
  for (const event of order) {
    const [database] = event.split('-') as [DatabaseName];
    if (event === 'time-spent') clock.advance(DEFAULT_SETTINGS.checkTimeToLiveMinutes * MINUTE_MS);
    else if (event.endsWith('-progress')) databases[database].progress();
    else databases[database].say(TERMINAL[ends[database]]);
    past.add(event);
    const isDue = past.has('time-spent') || (past.has('police-ends') && past.has('immigration-ends'));
    // Time that is spent erases in the very call; answers are first noted.
    if (event === 'time-spent') expect(buffers.every(isAllZero), `${order.join(', ')} at ${event}`).toBe(true);
    await settle();
    expect(buffers.every(isAllZero), `${order.join(', ')} at ${event}`).toBe(isDue);
    if (!isDue) expect(buffers.some(isAllZero), `${order.join(', ')} at ${event}`).toBe(false);
  }
  expect(buffers).toHaveLength(4);
  const last = view();
  expect(last.stage).toBe('closed');
  // The receipts say which of the two it was.
  const receipts = last.stage === 'closed' ? last.receipts : [];
  const wasTimeFirst =
    order.indexOf('time-spent') < Math.max(order.indexOf('police-ends'), order.indexOf('immigration-ends'));
  expect(receipts.map(({ why }) => why)).toEqual(Array(4).fill(wasTimeFirst ? 'time-spent' : 'answers-complete'));
}

test('in every order of the events of both databases and of time, prints go exactly when both have answered or time is spent', async () => {
  const orders = allOrders();
  expect(orders).toHaveLength(30);

  for (const order of orders) await play(order, { police: 'no-match', immigration: 'match' });
});

test('whatever each database says at last counts as its answer: no, yes, not usable, not there, or a search that breaks', async () => {
  const terminal = fc.constantFrom<Terminal[]>('match', 'no-match', 'unusable', 'unavailable', 'throws');

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...allOrders()), terminal, terminal, (order, police, immigration) =>
      play(order, { police, immigration }),
    ),
    { numRuns: 60 },
  );
});
