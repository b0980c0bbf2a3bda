import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { RPCHandler } from '@orpc/server/message-port';
import { isCallMessage } from '../../station/call-message.ts';
import type { Station } from '../../station/create-station.ts';
import { PORT_CHANNEL } from './port-channel.ts';

/**
 * Gives each page that finishes loading one port to the station, and one connection behind it. A page that reloads, or
 * whose process ends, loses its port; its connection closes and its prints are erased before the next page gets one.
 */
export function handOverPorts(contents: WebContents, station: Station): void {
  const handler = new RPCHandler(station.router);
  let closeLast: () => Promise<void> = async () => {};

  async function handOver(): Promise<void> {
    await closeLast();
    const { port1, port2 } = new MessageChannelMain();
    const connection = station.connect();
    closeLast = async () => {
      port1.close();
      await connection.closed('window-closed');
    };
    port1.on('close', () => void connection.closed('window-closed'));
    handler.upgrade(callsOnly(port1), { context: { connection } });
    port1.start();
    contents.postMessage(PORT_CHANNEL, null, [port2]);
  }

  contents.on('did-finish-load', () => void handOver());
  contents.on('render-process-gone', () => void closeLast());
}

type PortForServer = Extract<Parameters<RPCHandler<object>['upgrade']>[0], { on: unknown }>;

/** The port as the server may see it: messages that are no calls never arrive. */
function callsOnly(port: MessagePortMain): PortForServer {
  return {
    postMessage: (message) => port.postMessage(message),
    on(event, listener) {
      if (event === 'close') port.on('close', () => listener());
      if (event !== 'message') return;
      port.on('message', ({ data }: { data: unknown }) => {
        if (isCallMessage(data)) listener({ data });
      });
    },
  };
}
