import type { PieceRange } from './host-messages.ts';
import type { TransferStatus } from './image-transfer.ts';
import { PieceQueue } from './piece-queue.ts';

/**
 * The device's side of one image transfer: first every piece in order, then what was asked for again in the order of
 * asking, never more than the computer gave credit for. The image is lent by the device's frame memory.
 */
export class DeviceTransfer {
  readonly image: Uint8Array;
  readonly pieceBytes: number;
  readonly pieces: number;
  readonly #queue = new PieceQueue();
  #sent = 0;
  #limit = 0;
  #lastRequest = 0;
  #isStatusOwed = false;

  constructor(image: Uint8Array, pieceBytes: number) {
    this.image = image;
    this.pieceBytes = pieceBytes;
    this.pieces = Math.ceil(image.length / pieceBytes);
    this.#queue.push(0, this.pieces);
  }

  get status(): TransferStatus {
    return { sent: this.#sent, waiting: this.#queue.length, lastRequest: this.#lastRequest };
  }

  /** True when a piece may be sent now. */
  get isReady(): boolean {
    return this.#queue.length > 0 && this.#sent < this.#limit;
  }

  /** Credit is a total and never shrinks, so a lost or repeated grant does no harm. */
  grant(limit: number): void {
    this.#limit = Math.max(this.#limit, limit);
  }

  /** Queues pieces again; false when a range lies outside the image or the queue would outgrow it. */
  repeat(request: number, replacesQueue: boolean, ranges: readonly PieceRange[]): boolean {
    if (request === this.#lastRequest) return true;
    if (ranges.some(({ first, count }) => first + count > this.pieces)) return false;
    if (replacesQueue) this.#queue.clear();
    const asked = ranges.reduce((sum, { count }) => sum + count, 0);
    if (this.#queue.length + asked > 2 * this.pieces) return false;
    this.#lastRequest = request;
    for (const { first, count } of ranges) this.#queue.push(first, count);
    return true;
  }

  /** The next piece to send, or undefined when there is none or no credit. */
  next(): { readonly piece: number; readonly payload: Uint8Array } | undefined {
    if (!this.isReady) return undefined;
    const piece = this.#queue.shift();
    if (piece === undefined) return undefined;
    this.#sent += 1;
    this.#isStatusOwed = this.#queue.length === 0;
    return { piece, payload: this.image.subarray(piece * this.pieceBytes, (piece + 1) * this.pieceBytes) };
  }

  /** True once each time the queue has run dry: the device then says so unasked. */
  takeOwedStatus(): boolean {
    const isOwed = this.#isStatusOwed;
    this.#isStatusOwed = false;
    return isOwed;
  }
}
