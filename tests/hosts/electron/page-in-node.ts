import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { StationContract } from '../../../electron/contract/station-contract.ts';

/** One page as the main process meets it: the port that its preload passed on, and a client over it. */
export interface PageInNode {
  readonly port: MessagePort;
  readonly client: ContractRouterClient<StationContract>;
}

/**
 * Puts a window into this process for the preload to speak to, and loads the preload. Each page that is given a port is
 * told to the listener, which stands for the page's own script.
 */
export async function loadPreload(onPage: (page: PageInNode) => void): Promise<void> {
  Object.assign(globalThis, {
    window: {
      location: { origin: 'app://station' },
      postMessage(message: unknown, targetOrigin: string, ports: readonly MessagePort[]) {
        const [port, ...others] = ports;
        if (JSON.stringify(message) !== '{"kind":"ridgeway-port"}') throw new Error('the page expects another message');
        if (targetOrigin !== 'app://station' || port === undefined || others.length > 0)
          throw new Error('one port only');
        const client: PageInNode['client'] = createORPCClient(new RPCLink({ port }));
        port.start();
        onPage({ port, client });
      },
    },
  });
  await import('../../../electron/hosts/electron/preload.ts');
}
