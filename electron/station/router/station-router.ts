import type { StationStatus } from '../../contract/station.ts';
import { follow } from '../follow.ts';
import type { StatusBoard } from '../status-board.ts';
import type { Gate } from './gate.ts';

/** What every page shows, once or as it changes. */
export function stationRouter(gate: Gate, board: StatusBoard) {
  return {
    status: gate.station.status.handler(() => board.status()),
    watch: gate.station.watch.handler(({ signal }) =>
      follow<StationStatus>({
        first: board.status(),
        subscribe: (listener) => board.subscribe(listener),
        isLast: () => false,
        signal,
      }),
    ),
  };
}
