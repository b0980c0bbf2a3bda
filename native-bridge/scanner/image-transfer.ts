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

/** Largest number of a retransmit request before it begins again at 1; 0 means "none yet". Source: docs/protocol.md. */
const LAST_REQUEST = 0xffff;

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
  #statusWasAsked = false;

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

  /** Takes the device's word of how far it is: what it sent and what is not here was lost on the way. */
  onStatus(status: TransferStatus): void {
    if (this.isWhole) return;
    if (status.lastRequest !== this.#request) {
      // Either the status crossed our request, then the next will know it, or the request was lost.
      if (this.#statusWasAsked) this.#beginAgain(status);
      return;
    }
    this.#statusWasAsked = false;
    this.#giveUpOn(Math.min(status.sent - this.#accounted, this.#expected.length));
    if (status.waiting === 0) this.#giveUpOn(this.#expected.length);
    this.#accounted = status.sent;
    this.#askForMissing(false);
    this.#grant();
  }

  /** Called after a silence: asks how far the device is. */
  onIdle(): void {
    this.#statusWasAsked = true;
    this.#send({ kind: 'query' }, 0);
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
    this.#statusWasAsked = false;
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
      this.#request = this.#request === LAST_REQUEST ? 1 : this.#request + 1;
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
