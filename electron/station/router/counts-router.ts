import { viewCounts } from '../../counts/counts-view.ts';
import { DEFAULT_THRESHOLD } from '../../domain/counts/disclosure/parameters.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { PackDesk } from '../desks/pack-desk.ts';
import type { PushDesk } from '../desks/push-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

export interface CountsDesks {
  readonly database: StationDatabase;
  readonly push: PushDesk;
  readonly packs: PackDesk;
}

/** The counts page: months as numbers; the small ones, and those from which they could be computed, held back. */
export function countsRouter(gate: Gate, { database, packs, push }: CountsDesks) {
  return {
    byMonth: gate.counts.byMonth.handler(({ input }) => viewCounts(database, input.from, input.to, DEFAULT_THRESHOLD)),
    pushStatus: gate.counts.pushStatus.handler(() => push.status()),
    pushNow: gate.counts.pushNow.handler(async () => {
      await push.pushNow();
      return push.status();
    }),
    makePack: gate.counts.makePack.handler(({ context, input }) =>
      packs.makePack(sessionOf(context).userId, input.from, input.to),
    ),
  };
}
