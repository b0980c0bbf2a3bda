// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { AuditRow } from '../../../electron/contract/audit.ts';
import { tellStory } from '../../../renderer/journeys/audit/check-story.ts';
import { readPeriod } from '../../../renderer/journeys/audit/read-period.ts';

/** Rows as the station gives them: newest first. */
function rowsOf(...events: readonly (readonly [code: string, details?: AuditRow['details']])[]): AuditRow[] {
  return events
    .map(([code, details = {}], index) => ({
      sequence: index + 1,
      at: `2026-11-19T14:00:${String(index).padStart(2, '0')}.000Z`,
      code,
      operation: null,
      actor: 'officer',
      checkReference: 'RW-2026-000001',
      details,
    }))
    .toReversed();
}

describe('the story of a check', () => {
  test('tells when it opened and ended, on which ground, what was said, searched, taken and erased', () => {
    const story = tellStory(
      rowsOf(
        ['check-opened'],
        ['grounds-recorded', { ground: '6B(b)' }],
        ['words-spoken', { word: 'power' }],
        ['words-spoken', { word: 'power' }],
        ['capture-taken', { bufferId: 'a' }],
        ['buffer-taken', { bufferId: 'b' }],
        ['search-started', { database: 'police' }],
        ['search-started', { database: 'immigration' }],
        ['print-erased', { bufferId: 'a' }],
        ['print-erased', { bufferId: 'b' }],
        ['result-viewed'],
        ['check-ended', { ending: 'answered' }],
      ),
    );

    expect(story).toMatchObject({
      openedAt: '2026-11-19T14:00:00.000Z',
      endedAt: '2026-11-19T14:00:11.000Z',
      ending: 'answered',
      ground: '6B(b)',
      wordsSaid: 1,
      searched: ['police', 'immigration'],
      printsTaken: 2,
      printsErased: 2,
      viewings: 1,
    });
    expect(story.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('a print without its receipt is not counted as erased by the receipt of another', () => {
    const story = tellStory(
      rowsOf(
        ['capture-taken', { bufferId: 'a' }],
        ['capture-taken', { bufferId: 'b' }],
        ['print-erased', { bufferId: 'b' }],
        ['print-erased', { bufferId: 'x' }],
      ),
    );
    expect([story.printsTaken, story.printsErased]).toEqual([2, 1]);
  });

  test('a check that is open, without grounds, has neither an end nor a ground', () => {
    expect(tellStory(rowsOf(['check-opened'], ['grounds-refused', { refusals: 'no-suspicion' }]))).toMatchObject({
      endedAt: null,
      ending: null,
      ground: null,
      refusedGrounds: 1,
    });
  });
});

describe('a period that is typed', () => {
  test('has both its days in it, by the clock of London in winter and in summer', () => {
    expect(readPeriod('5/11/2026', '5/11/2026')).toEqual({
      kind: 'period',
      period: { from: '2026-11-05T00:00:00.000Z', to: '2026-11-06T00:00:00.000Z' },
    });
    expect(readPeriod('1/7/2026', '')).toEqual({ kind: 'period', period: { from: '2026-06-30T23:00:00.000Z' } });
    // The night in which the clocks go back is an hour longer.
    expect(readPeriod('25/10/2026', '25/10/2026')).toEqual({
      kind: 'period',
      period: { from: '2026-10-24T23:00:00.000Z', to: '2026-10-26T00:00:00.000Z' },
    });
  });

  test('without days has no bounds, and a day that is none is told by its field', () => {
    expect(readPeriod(' ', '')).toEqual({ kind: 'period', period: {} });
    for (const typed of ['31/2/2026', '5-11-2026', 'yesterday', '0/1/2026', '1/13/2026', '5/11/1999']) {
      expect(readPeriod(typed, '5/11/2026')).toEqual({ kind: 'wrong', fields: ['from'] });
    }
    expect(readPeriod('x', 'y')).toEqual({ kind: 'wrong', fields: ['from', 'to'] });
  });
});
