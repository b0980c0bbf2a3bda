import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { build } from 'vite';
import { WebSocketServer } from 'ws';
import { serveRendererFile } from '../../../electron/hosts/loopback/renderer-files.ts';
import type { FakeStation } from './fake-station.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
/** A folder for each of the workers that run tests side by side: a build empties its folder first. */
const BUILT = join(PROJECT, '.out/renderer-under-test', process.env['VITEST_POOL_ID'] ?? '0');

/** Builds the renderer as it is now into a folder of the tests' own, and gives that folder. */
export async function buildRendererUnderTest(): Promise<string> {
  if (process.env['RIDGEWAY_KEEP_BUILD'] === undefined || !existsSync(join(BUILT, 'index.html'))) {
    await build({
      configFile: join(PROJECT, 'vite.config.ts'),
      root: join(PROJECT, 'renderer'),
      logLevel: 'silent',
      build: { outDir: BUILT, emptyOutDir: true },
    });
  }
  return BUILT;
}

/** A fake station behind a real address: the built renderer under the loopback host's own headers, and its socket. */
export interface FakeHost extends AsyncDisposable {
  readonly origin: string;
  /** Cuts every socket, as a station that stops does; new ones are refused until `comeBack`. */
  goAway(): void;
  comeBack(): void;
}

/** Serves the renderer from a folder and the fake station to it. */
export async function serveFakeStation(fake: FakeStation, folder: string): Promise<FakeHost> {
  let host = '';
  let isAway = false;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    void serveRendererFile(folder, pathname, host, response);
  });
  const sockets = new WebSocketServer({ noServer: true });
  const handler = new RPCHandler(fake.router);
  server.on('upgrade', (request, socket, head) => {
    if (isAway) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void handler.upgrade(webSocket, { context: { connection: fake.connect() } });
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake host has no port');
  host = `127.0.0.1:${address.port}`;
  return {
    origin: `http://${host}`,
    goAway() {
      isAway = true;
      for (const socket of sockets.clients) socket.terminate();
    },
    comeBack() {
      isAway = false;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
