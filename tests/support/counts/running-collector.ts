import { openCollectorDatabase } from '../../upstream/collector/collector-database.ts';
import type { CollectorPlace } from '../../upstream/collector/collector-database.ts';
import { createCollectorServer, listen } from '../../upstream/collector/collector-server.ts';
import { enrol } from '../../upstream/collector/ingest.ts';
import { forceTables } from '../../upstream/collector/force-tables.ts';
import type { ForceTables } from '../../upstream/collector/force-tables.ts';
import type { Knex } from 'knex';

/** The token of the collectors that tests run. */
export const COLLECTOR_TOKEN = 'a token for tests alone';

/** A collector that listens until the scope ends. */
export interface RunningCollector extends AsyncDisposable {
  readonly address: string;
  readonly connection: Knex;
  enrol(force: string, station: string, publicKey: string): Promise<void>;
  tables(force: string, from: string, to: string): Promise<ForceTables>;
  documents(): Promise<number>;
}

/** Runs a collector in this process. */
export async function runningCollector(
  place: CollectorPlace = { kind: 'sqlite', filePath: ':memory:' },
): Promise<RunningCollector> {
  const connection = await openCollectorDatabase(place);
  const server = createCollectorServer(connection, COLLECTOR_TOKEN);
  const address = await listen(server);
  return {
    address,
    connection,
    enrol: (force, station, publicKey) => enrol(connection, [{ force, station, publicKey }]),
    tables: (force, from, to) => forceTables(connection, force, from, to),
    async documents() {
      const [row]: { total: number | string }[] = await connection('document').count({ total: '*' });
      return Number(row?.total ?? 0);
    },
    async [Symbol.asyncDispose]() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
      await connection.destroy();
    },
  };
}
