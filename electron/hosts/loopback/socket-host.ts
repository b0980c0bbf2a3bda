import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { MAXIMUM_MESSAGE_BYTES } from '../../contract/limits.ts';
import type { CallContext } from '../../station/router/gate.ts';
import type { Station } from '../../station/create-station.ts';
import { serveRendererFile } from './renderer-files.ts';

const HOST = '127.0.0.1';
const COOKIE = 'ridgeway';
const SECRET_BYTES = 32;
/** Most windows at a time. Source: ours; one officer needs one, an administrator may have another. */
const MAXIMUM_SOCKETS = 8;

export interface SocketHost extends AsyncDisposable {
  /** The address with its one-time token: whoever opens it first, and nobody else, is let in. */
  readonly address: string;
  readonly origin: string;
}

export interface SocketHostOptions {
  readonly station: Station;
  readonly rendererFolder: string;
  /** 0 takes any free port. */
  readonly port: number;
}

function isSame(given: string | undefined, secret: string): boolean {
  if (given === undefined) return false;
  const one = Buffer.from(given);
  const other = Buffer.from(secret);
  return one.length === other.length && timingSafeEqual(one, other);
}

function cookieOf(request: IncomingMessage): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return cookies.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the loopback server has no port'));
    });
  });
}

/**
 * Serves the renderer and the contract on 127.0.0.1 alone. The token in the address works once and becomes a cookie that
 * scripts cannot read; the socket asks for that cookie and for the page's own origin.
 */
export async function createSocketHost({ port, rendererFolder, station }: SocketHostOptions): Promise<SocketHost> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  let token: string | null = randomBytes(SECRET_BYTES).toString('base64url');
  const address = token;
  let host = '';
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE_BYTES });
  const handler = new RPCHandler<CallContext>(station.router);
  const isAllowed = (request: IncomingMessage) => request.headers.host === host && isSame(cookieOf(request), secret);

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', `http://${host}`);
    const given = url.searchParams.get('token');
    if (request.headers.host === host && given !== null && token !== null && isSame(given, token)) {
      token = null;
      response.writeHead(303, {
        location: '/',
        'set-cookie': `${COOKIE}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
        'cache-control': 'no-store',
      });
      response.end();
      return;
    }
    if (!isAllowed(request)) {
      response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('This address was opened before, or its token is wrong. Start the station again for a new one.\n');
      return;
    }
    void serveRendererFile(rendererFolder, url.pathname, host, response);
  }

  const server = createServer(answer);
  server.on('upgrade', (request, socket, head) => {
    const isOwnPage = request.headers.origin === `http://${host}`;
    const hasRoom = sockets.clients.size < MAXIMUM_SOCKETS;
    if (request.url !== '/station' || !isOwnPage || !isAllowed(request) || !hasRoom) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = station.connect();
      webSocket.on('close', () => void connection.closed('window-closed'));
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(webSocket, { context: { connection } });
    });
  });
  host = `${HOST}:${await listen(server, port)}`;

  return {
    address: `http://${host}/?token=${address}`,
    origin: `http://${host}`,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
