import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeviceTransfer } from '../../../native-bridge/scanner/device-transfer.ts';
import type { HostMessage } from '../../../native-bridge/scanner/host-messages.ts';
import { ImageTransfer } from '../../../native-bridge/scanner/image-transfer.ts';
import { CREDIT_WINDOW_REPORTS } from '../../../native-bridge/scanner/parameters.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';

const PIECE_BYTES = 58;
/** Reports that the Linux kernel keeps for one reader. Source: HIDRAW_BUFFER_SIZE. */
const KERNEL_RING = 64;

/** Both sides of a transfer with a bus between them that loses what `isLost` says, in both directions. */
class Bus {
  readonly image: Uint8Array;
  readonly into: Uint8Array;
  readonly device: DeviceTransfer;
  readonly host: ImageTransfer;
  readonly #isLost: () => boolean;
  readonly #toDevice: { readonly message: HostMessage; readonly sequence: number }[] = [];

  constructor(imageBytes: number, isLost: () => boolean) {
    this.image = Uint8Array.from({ length: imageBytes }, (_, at) => (at * 7 + (at >> 5)) & 0xff);
    this.into = new Uint8Array(imageBytes);
    this.device = new DeviceTransfer(this.image, PIECE_BYTES);
    const layout = { pieces: this.device.pieces, pieceBytes: PIECE_BYTES, imageBytes };
    this.#isLost = isLost;
    this.host = new ImageTransfer(layout, this.into, 14, (message, sequence) => {
      if (!this.#isLost()) this.#toDevice.push({ message, sequence });
    });
  }

  obey(): void {
    for (const { message, sequence } of this.#toDevice.splice(0)) {
      if (message.kind === 'credit') this.device.grant(message.limit);
      if (message.kind === 'retransmit') this.device.repeat(sequence, message.replacesQueue, message.ranges);
      if (message.kind === 'query' && !this.#isLost()) this.host.onStatus(this.device.status, sequence);
    }
  }

  /** Runs until the image is whole; a step in which nothing happens is a silence. Answers the steps. */
  run(limit: number): number {
    this.host.start();
    for (let step = 1; step <= limit; step += 1) {
      this.obey();
      const next = this.device.next();
      if (next === undefined) this.host.onIdle();
      else {
        if (!this.#isLost()) this.host.onPiece(next.piece, next.payload);
        if (this.device.takeOwedStatus() && !this.#isLost()) this.host.onStatus(this.device.status);
      }
      if (this.host.isWhole) return step;
    }
    return Number.POSITIVE_INFINITY;
  }
}

describe('image transfer', () => {
  test('without loss every piece is sent once and nothing is asked for again', () => {
    const bus = new Bus(20_000, () => false);
    expect(bus.run(1_000)).toBe(bus.device.pieces);
    expect(bus.host.counts).toEqual({ received: bus.device.pieces, lost: 0, repeated: 0 });
    expect(Buffer.compare(bus.into, bus.image)).toBe(0);
  });

  test('whatever is lost in both directions, up to half of all, the image arrives whole', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 30_000 }),
        (seed, share, imageBytes) => {
          const random = seededRandom(seed);
          const bus = new Bus(imageBytes, () => random() < share);
          expect(bus.run(40_000)).toBeLessThan(40_000);
          expect(Buffer.compare(bus.into, bus.image)).toBe(0);
          expect(bus.host.isHopeless).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('bursts of loss longer than the window do not stop it', () => {
    let count = 0;
    const bus = new Bus(30_000, () => (count += 1) % 200 > 120);
    expect(bus.run(20_000)).toBeLessThan(20_000);
    expect(Buffer.compare(bus.into, bus.image)).toBe(0);
  });

  test('at 6 % loss less than 8 % is sent again', () => {
    const random = seededRandom(6);
    const bus = new Bus(250_000, () => random() < 0.06);
    bus.run(20_000);
    expect(bus.device.status.sent).toBeLessThan(1.08 * bus.device.pieces);
  });

  test('a reader that stops reading never has more reports under way than the kernel keeps', () => {
    const bus = new Bus(250_000, () => false);
    bus.host.start();
    const random = seededRandom(64);
    const ring: { readonly piece: number; readonly payload: Uint8Array }[] = [];
    let most = 0;
    for (let step = 0; step < 200_000 && !bus.host.isWhole; step += 1) {
      bus.obey();
      const next = bus.device.next();
      if (next !== undefined) ring.push(next);
      most = Math.max(most, ring.length);
      // The reader is asleep for long, then reads all at once.
      if (random() < 0.005) for (const { piece, payload } of ring.splice(0)) bus.host.onPiece(piece, payload);
    }
    expect(bus.host.isWhole).toBe(true);
    expect(most).toBeLessThanOrEqual(CREDIT_WINDOW_REPORTS);
    expect(CREDIT_WINDOW_REPORTS).toBeLessThan(KERNEL_RING);
  });

  test('a device that loses everything after some time is given up', () => {
    const bus = new Bus(10_000, () => false);
    bus.host.start();
    for (let turn = 0; turn < 10_000 && !bus.host.isHopeless; turn += 1) {
      bus.host.onIdle();
      bus.host.onStatus({ sent: 0, waiting: 0, lastRequest: 0xfffe }, turn + 1);
    }
    expect(bus.host.isHopeless).toBe(true);
  });

  test('the answer to a query that crossed a request on the way makes nothing be asked for twice', () => {
    const bus = new Bus(250_000, () => false);
    bus.host.start();
    bus.obey();
    for (const isLost of [false, true, true, false, false]) {
      const next = bus.device.next();
      if (next !== undefined && !isLost) bus.host.onPiece(next.piece, next.payload);
    }
    const crossing = bus.device.status;
    bus.host.onIdle();
    // Fourteen more gaps fill a report: the request goes out after the query and before its answer.
    for (let gap = 0; gap < 28; gap += 1) {
      const next = bus.device.next();
      if (next !== undefined && gap % 2 === 1) bus.host.onPiece(next.piece, next.payload);
    }
    const asked = bus.host.counts.repeated;
    expect(asked).toBeGreaterThan(0);
    bus.host.onStatus({ ...crossing, lastRequest: 0 }, 1);
    expect(bus.host.counts.repeated).toBe(asked);
  });

  test('a request that was lost on the way is noticed at the next query and made again', () => {
    const bus = new Bus(20_000, () => false);
    bus.host.start();
    bus.obey();
    for (let gap = 0; gap < 30; gap += 1) {
      const next = bus.device.next();
      if (next !== undefined && gap % 2 === 1) bus.host.onPiece(next.piece, next.payload);
    }
    const asked = bus.host.counts.repeated;
    bus.host.onIdle();
    bus.host.onStatus({ ...bus.device.status, lastRequest: 0 }, 1);
    expect(bus.host.counts.repeated).toBeGreaterThan(asked + 300);
  });

  test('a device refuses ranges outside the image and a queue without end', () => {
    const device = new DeviceTransfer(new Uint8Array(580), PIECE_BYTES);
    expect(device.repeat(1, false, [{ first: 9, count: 2 }])).toBe(false);
    expect(device.repeat(2, false, [{ first: 0, count: 10 }])).toBe(true);
    expect(device.repeat(3, false, [{ first: 0, count: 1 }])).toBe(false);
  });
});
