import { cellName } from '../../../electron/domain/counts/count-cell.ts';
import { cellsOf } from '../../../electron/domain/counts/ended-check.ts';
import type { EndedCheck } from '../../../electron/domain/counts/ended-check.ts';
import { createAuditStore } from '../../../electron/storage/audit-store.ts';
import type { StationDatabase } from '../../../electron/storage/database.ts';
import { parseEvent } from '../../../electron/audit/chain.ts';

type Draft = { -readonly [Key in 'ground' | 'ending' | 'answers']?: EndedCheck[Key] } & { wasRefused?: boolean };

/**
 * Counts a station's checks from its audit log alone: what the log says of grounds, searches, answers and ends. Times and
 * ethnicity are not in the log, so their cells are not replayed.
 */
export async function replayLog(database: StationDatabase): Promise<Map<string, number>> {
  const drafts = new Map<string, Draft>();
  const counts = new Map<string, number>();
  const rows = await createAuditStore(database).after(0, 10_000_000);
  for (const row of rows) {
    const event = parseEvent(row.event);
    if (event === null) throw new Error(`event ${row.sequence} cannot be read`);
    if (event.reference === null) continue;
    const draft = drafts.get(event.reference) ?? {};
    drafts.set(event.reference, draft);
    if (event.code === 'grounds-recorded') draft.ground = event.details.ground;
    if (event.code === 'capture-refused') draft.wasRefused = true;
    // A search that began is a search, whatever became of its answer.
    if (event.code === 'search-started') draft.answers ??= { police: 'unavailable', immigration: 'unavailable' };
    if (event.code === 'answer-received') {
      const { database: name, answer } = event.details;
      draft.answers = { ...(draft.answers ?? { police: 'unavailable', immigration: 'unavailable' }), [name]: answer };
    }
    if (event.code === 'check-ended') draft.ending = event.details.ending;
    if (event.code !== 'count-recorded' || draft.ground === undefined || draft.ending === undefined) continue;
    const check: EndedCheck = {
      ground: draft.ground,
      ending: draft.ending,
      answers: draft.answers ?? null,
      werePrintsUnusable: draft.wasRefused === true,
      msToAnswers: null,
      ethnicity: [],
    };
    for (const cell of cellsOf(check)) {
      const key = `${event.details.month} ${cellName(cell)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
