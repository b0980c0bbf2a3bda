import type { HostMessage } from './host-messages.ts';
import { CREDIT_STEP_REPORTS, CREDIT_WINDOW_REPORTS, MAXIMUM_REPEATS_IN_VAIN } from './parameters.ts';
import { PieceQueue } from './piece-queue.ts';

/** How an image is cut into reports. */
export interface PieceLayout {
  readonly pieces: number;
  readonly pieceBytes: number;
  readonly imageBytes: number;
}

/** How far the device says it is. */
export interface TransferStatus {
  readonly sent: number;
  readonly waiting: number;
  readonly lastRequest: number;
}

/** What a transfer counted: pieces that arrived, pieces that were lost on the way, pieces that were asked for again. */
export interface TransferCounts {
  readonly received: number;
  readonly lost: number;
  readonly repeated: number;
}

/** Largest number of a request or query before it begins again at 1; 0 means "none". Source: docs/protocol.md. */
const LAST_NUMBER = 0xffff;

/**
 * The computer's side of one image transfer, without clock or bus: pieces and statuses go in, commands come out, bytes
 * go straight into the memory that the caller gave. It keeps a copy of the device's queue, so that it knows at every
 * piece which ones must have been lost before it.
 */
export class ImageTransfer {
  readonly #layout: PieceLayout;
  readonly #into: Uint8Array;
  readonly #send: (message: HostMessage, sequence: number) => void;
  readonly #rangesPerRequest: number;
  /** What the device will send, in its order, as far as is known here. */
  readonly #expected = new PieceQueue();
  /** What was lost and has not been asked for again. */
  readonly #missing = new PieceQueue();
  readonly #has: Uint8Array;
  #received = 0;
  #lost = 0;
  #asked = 0;
  #askedInVain = 0;
  /** Image reports of which the fate is known: arrived or lost. */
  #accounted = 0;
  #limit = 0;
  #request = 0;
  /** Number of the latest query, and of the latest request when it was sent; 0 when none is open. */
  #query = 0;
  #requestAtQuery = 0;

  /** `into` is at least `imageBytes` long; `send` gets each command with its sequence number. */
  constructor(
    layout: PieceLayout,
    into: Uint8Array,
    rangesPerRequest: number,
    send: (message: HostMessage, sequence: number) => void,
  ) {
    this.#layout = layout;
    this.#into = into;
    this.#send = send;
    this.#rangesPerRequest = rangesPerRequest;
    this.#has = new Uint8Array(layout.pieces);
    this.#expected.push(0, layout.pieces);
  }

  get isWhole(): boolean {
    return this.#received === this.#layout.pieces;
  }

  /** True when so much was asked for since the last piece came that none will come any more. */
  get isHopeless(): boolean {
    return this.#askedInVain > MAXIMUM_REPEATS_IN_VAIN * this.#layout.pieces + CREDIT_WINDOW_REPORTS;
  }

  get receivedShare(): number {
    return this.#received / this.#layout.pieces;
  }

  get counts(): TransferCounts {
    return { received: this.#received, lost: this.#lost, repeated: this.#asked };
  }

  /** Grants the first credit. */
  start(): void {
    this.#grant();
  }

  /** Takes one piece of the image; `payload` may be padded. */
  onPiece(piece: number, payload: Uint8Array): void {
    const { pieces, pieceBytes, imageBytes } = this.#layout;
    if (piece >= pieces) return;
    const position = this.#expected.positionOf(piece);
    if (position >= 0) {
      this.#giveUpOn(position);
      this.#expected.shift();
      this.#accounted += 1;
    }
    if (this.#has[piece] === 0) {
      const from = piece * pieceBytes;
      this.#into.set(payload.subarray(0, Math.min(pieceBytes, imageBytes - from)), from);
      this.#has[piece] = 1;
      this.#received += 1;
      this.#askedInVain = 0;
    }
    const isNearTheEnd = this.#expected.length <= CREDIT_WINDOW_REPORTS;
    if (this.#missing.ranges.length >= this.#rangesPerRequest || isNearTheEnd) this.#askForMissing(false);
    if (this.#accounted + CREDIT_WINDOW_REPORTS - this.#limit >= CREDIT_STEP_REPORTS) this.#grant();
  }

  /**
   * Takes the device's word of how far it is: what it sent and what is not here was lost on the way.
   * @param query the number of the query that it answers, 0 when the device speaks unasked
   */
  onStatus(status: TransferStatus, query = 0): void {
    if (this.isWhole) return;
    if (status.lastRequest !== this.#request) {
      // A status that crossed our latest request on the way says nothing of it; the next one will. But when the device
      // does not know the request that was out before the query, that request was lost.
      const isLost = query !== 0 && query === this.#query && status.lastRequest !== this.#requestAtQuery;
      if (isLost) this.#beginAgain(status);
      return;
    }
    this.#giveUpOn(Math.min(status.sent - this.#accounted, this.#expected.length));
    if (status.waiting === 0) this.#giveUpOn(this.#expected.length);
    this.#accounted = status.sent;
    this.#askForMissing(false);
    this.#grant();
  }

  /** Called after a silence: asks how far the device is. */
  onIdle(): void {
    this.#query = this.#query === LAST_NUMBER ? 1 : this.#query + 1;
    this.#requestAtQuery = this.#request;
    this.#send({ kind: 'query' }, this.#query);
  }

  /** Takes the next `count` expected pieces as lost on the way. */
  #giveUpOn(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const piece = this.#expected.shift();
      if (piece === undefined) return;
      this.#accounted += 1;
      this.#lost += 1;
      if (this.#has[piece] === 0) this.#missing.push(piece, 1);
    }
  }

  /** Asks for everything that is not here, and lets the device forget what it had still to send. */
  #beginAgain(status: TransferStatus): void {
    this.#expected.clear();
    this.#missing.clear();
    for (let piece = 0; piece < this.#layout.pieces; piece += 1) {
      if (this.#has[piece] === 0) this.#missing.push(piece, 1);
    }
    this.#accounted = status.sent;
    this.#askForMissing(true);
    this.#grant();
  }

  #askForMissing(replacesQueue: boolean): void {
    let replaces = replacesQueue;
    while (this.#missing.length > 0) {
      const ranges = this.#missing.takeRanges(this.#rangesPerRequest);
      this.#request = this.#request === LAST_NUMBER ? 1 : this.#request + 1;
      for (const { first, count } of ranges) {
        this.#expected.push(first, count);
        this.#asked += count;
        this.#askedInVain += count;
      }
      this.#send({ kind: 'retransmit', replacesQueue: replaces, ranges }, this.#request);
      replaces = false;
    }
  }

  #grant(): void {
    this.#limit = (this.#accounted + CREDIT_WINDOW_REPORTS) >>> 0;
    this.#send({ kind: 'credit', limit: this.#limit }, 0);
  }
}
