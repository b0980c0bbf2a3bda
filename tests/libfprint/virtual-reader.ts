import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';

/** Commands of libfprint's virtual image device, in place of a width. Source: libfprint 1.94, its example for that device. */
const COMMAND = { retry: -1, automaticFinger: -3, finger: -4, remove: -5 } as const;
/** Longest wait for the virtual device to listen, ms. */
const CONNECT_LIMIT_MS = 5_000;

/** The other end of libfprint's virtual image device: what a finger does to a reader. */
export class VirtualReader {
  readonly #socket: net.Socket;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
  }

  /** Connects to the socket that libfprint listens on once the device is open. */
  static async connect(socketPath: string): Promise<VirtualReader> {
    const untilMs = Date.now() + CONNECT_LIMIT_MS;
    for (;;) {
      try {
        return new VirtualReader(await connectOnce(socketPath));
      } catch (cause) {
        if (Date.now() > untilMs) throw cause;
        await sleep(20);
      }
    }
  }

  /** Puts a finger on the reader and takes it off again. */
  present({ widthPx, heightPx, pixels }: GreyImage): void {
    this.#command(widthPx, heightPx);
    this.#socket.write(pixels);
  }

  /** Lays a finger on the reader and leaves it there. */
  touch(): void {
    this.#command(COMMAND.automaticFinger, 0);
    this.#command(COMMAND.finger, 1);
  }

  /** Says that the finger was taken off too soon. */
  retry(): void {
    this.#command(COMMAND.retry, 1);
  }

  unplug(): void {
    this.#command(COMMAND.remove, 0);
  }

  close(): void {
    this.#socket.destroy();
  }

  #command(first: number, second: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(first, 0);
    bytes.writeInt32LE(second, 4);
    this.#socket.write(bytes);
  }
}

function connectOnce(socketPath: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
