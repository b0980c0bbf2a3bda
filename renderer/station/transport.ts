import { createORPCClient } from '@orpc/client';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { StationContract } from '../../electron/contract/station-contract.ts';

/** Every procedure of the station as a typed call. */
export type StationClient = ContractRouterClient<StationContract>;

/** One living connection to the station. */
export interface StationConnection {
  readonly client: StationClient;
  /** Resolves once, when the connection has ended, from whichever side. */
  readonly ended: Promise<void>;
}

/** How the page reaches the station: a function so that tests can hand in an in-memory one. */
export type ConnectStation = () => Promise<StationConnection>;

/** The station could not be reached; the page says so and tries again. */
export class StationUnreachable extends Error {
  readonly code = 'station.unreachable';
}

/** Connects to the loopback host that served this page, over a WebSocket. @throws {StationUnreachable} */
export async function connectByWebSocket(): Promise<StationConnection> {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/station`);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new StationUnreachable()), { once: true });
  });
  const ended = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
  return { client: createORPCClient(new WebSocketLink({ websocket: socket })), ended };
}

/**
 * Listens for the one port that the preload forwards and connects over it. Call it before anything else of the page: the
 * port comes once, as soon as the page has loaded.
 */
export function connectByMessagePort(): ConnectStation {
  const received = new Promise<MessagePort>((resolve) => {
    window.addEventListener('message', function listen(event: MessageEvent<unknown>) {
      const [port] = event.ports;
      if (event.source !== window || !isPortMessage(event.data) || port === undefined) return;
      window.removeEventListener('message', listen);
      resolve(port);
    });
  });
  let isUsed = false;
  return async () => {
    // A port cannot be opened twice: a page whose port has closed starts anew and is given another.
    if (isUsed) {
      location.reload();
      return new Promise(() => {});
    }
    const port = await received;
    isUsed = true;
    const ended = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
    const link = new MessagePortLink({ port });
    port.start();
    return { client: createORPCClient(link), ended };
  };
}

function isPortMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ridgeway-port';
}

/** The way to the station for the scheme under which this page was opened: `app:` in Electron, else the loopback host. */
export function waysToStation(): ConnectStation {
  return location.protocol === 'app:' ? connectByMessagePort() : connectByWebSocket;
}
