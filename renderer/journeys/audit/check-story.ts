import type { AuditRow } from '../../../electron/contract/audit.ts';
import { SPOKEN_WORDS } from '../../../electron/contract/grounds.ts';

/** What the log says of one check, in short: codes and figures, nothing that the officer wrote. */
export interface CheckStory {
  /** The events in the order in which they happened. */
  readonly events: readonly AuditRow[];
  readonly openedAt: string | null;
  readonly endedAt: string | null;
  /** Code of how it ended; null while it is open. */
  readonly ending: string | null;
  /** `6B(a)` or `6B(b)`; null when no grounds were accepted. */
  readonly ground: string | null;
  readonly refusedGrounds: number;
  readonly wordsSaid: number;
  readonly wordsInAll: number;
  /** Databases that were searched, each once, in their order. */
  readonly searched: readonly string[];
  /** Buffers that held a print or what was made of it, and those of them that have a receipt of erasure. */
  readonly printsTaken: number;
  readonly printsErased: number;
  readonly viewings: number;
}

/** Reads the story of one check from its events, which come newest first. */
export function tellStory(rowsNewestFirst: readonly AuditRow[]): CheckStory {
  const events = rowsNewestFirst.toSorted((a, b) => a.sequence - b.sequence);
  const of = (...codes: readonly string[]): readonly AuditRow[] => events.filter(({ code }) => codes.includes(code));
  const detailOf = (rows: readonly AuditRow[], name: string): string | null => {
    const value = rows.at(-1)?.details[name];
    return typeof value === 'string' ? value : null;
  };
  const buffersOf = (rows: readonly AuditRow[]): ReadonlySet<unknown> =>
    new Set(rows.map(({ details, sequence }) => details['bufferId'] ?? sequence));
  const ended = of('check-ended');
  const taken = buffersOf(of('capture-taken', 'buffer-taken'));
  const erased = buffersOf(of('print-erased'));
  return {
    events,
    openedAt: of('check-opened')[0]?.at ?? null,
    endedAt: ended.at(-1)?.at ?? null,
    ending: detailOf(ended, 'ending'),
    ground: detailOf(of('grounds-recorded'), 'ground'),
    refusedGrounds: of('grounds-refused').length,
    wordsSaid: new Set(of('words-spoken').map(({ details }) => details['word'])).size,
    wordsInAll: SPOKEN_WORDS.length,
    searched: [...new Set(of('search-started').map(({ details }) => String(details['database'])))],
    printsTaken: taken.size,
    printsErased: [...taken].filter((bufferId) => erased.has(bufferId)).length,
    viewings: of('result-viewed').length,
  };
}
