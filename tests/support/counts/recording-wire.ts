import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A wire that carries everything on and keeps a copy of every byte that passed. */
export interface RecordingWire extends AsyncDisposable {
  readonly address: string;
  /** All bytes from the station so far. */
  sent(): Buffer;
}

/** Listens on 127.0.0.1 and carries on to that HTTP address. */
export async function recordingWire(onwards: string): Promise<RecordingWire> {
  const parts: Buffer[] = [];
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(new URL(onwards).port), '127.0.0.1');
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    from.on('data', (bytes) => parts.push(Buffer.from(bytes)));
    from.pipe(to);
    to.pipe(from);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await promise;
  const address = server.address();
  return {
    address: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    sent: () => Buffer.concat(parts),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}
