import type { DatabasesDesk } from '../databases/databases-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

/** Where the databases are. Nothing here reaches a check or its results. */
export function databasesRouter(gate: Gate, desk: DatabasesDesk) {
  const { databases } = gate;
  return {
    view: databases.view.handler(() => desk.view()),
    change: databases.change.handler(async ({ context, input }) => {
      await desk.change(sessionOf(context).userId, input);
      return desk.view();
    }),
    test: databases.test.handler(async ({ input }) => {
      await desk.test(input.database);
      return desk.view();
    }),
  };
}
