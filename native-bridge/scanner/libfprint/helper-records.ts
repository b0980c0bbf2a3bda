import { ScannerFault } from '../scanner-fault.ts';
import type { PlacementHint } from '../scanner.ts';

/** Head of an image record. */
export interface HelperImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per millimetre, thousandths. */
  readonly milliPixelsPerMm: number;
}

/** What the helper says, but for pixels. */
export type HelperRecord =
  | { readonly kind: 'device'; readonly path: string; readonly productName: string; readonly canCapture: boolean }
  | { readonly kind: 'end-of-list' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'finger'; readonly isNeeded: boolean; readonly isPresent: boolean }
  | { readonly kind: 'image'; readonly image: HelperImage }
  | { readonly kind: 'image-end' }
  | { readonly kind: 'error'; readonly letter: string; readonly hint: PlacementHint };

/** Bytes of a record's head: letter, length. */
const HEAD_BYTES = 5;
/** Bytes of an image record before its pixels. */
const IMAGE_HEAD_BYTES = 12;
/** Longest record that is not an image, bytes. */
const MAXIMUM_RECORD_BYTES = 1_024;
/** Longest side of an image that is believed, pixels. Source: the limit of libfprint's own virtual device. */
const MAXIMUM_SIDE_PX = 5_000;
/** Bits of a finger status. Source: libfprint 1.94, FpFingerStatusFlags. */
const FINGER = { needed: 1, present: 2 };

/** What libfprint's reasons to want a finger once more mean for the officer: general, too short, not centred, still there. Source: FpDeviceRetry. */
const RETRY_HINTS: readonly PlacementHint[] = ['place-finger', 'hold-still', 'place-finger', 'lift-finger'];

/**
 * Takes the helper's byte stream apart, however it is cut. Pixels go straight to where the image's listener says, or
 * nowhere; nothing of them is kept here.
 */
export class HelperRecords {
  readonly #onRecord: (record: HelperRecord) => void;
  readonly #onImage: (image: HelperImage) => Uint8Array | null;
  readonly #small = new Uint8Array(MAXIMUM_RECORD_BYTES);
  #filled = 0;
  #pixelsLeft = 0;
  #pixelsDone = 0;
  #sink: Uint8Array | null = null;

  /** `onImage` answers the memory for the pixels (at least width × height bytes), or null to let them go by. */
  constructor(onRecord: (record: HelperRecord) => void, onImage: (image: HelperImage) => Uint8Array | null) {
    this.#onRecord = onRecord;
    this.#onImage = onImage;
  }

  /** From now on the pixels that still come are let go by: their memory belongs to nobody here. */
  dropImage(): void {
    this.#sink = null;
  }

  /** Takes the next bytes, which the caller clears afterwards. @throws ScannerFault `scanner.protocol` */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#pixelsLeft > 0) {
        const count = Math.min(this.#pixelsLeft, chunk.length - at);
        this.#sink?.set(chunk.subarray(at, at + count), this.#pixelsDone);
        this.#pixelsDone += count;
        this.#pixelsLeft -= count;
        at += count;
        if (this.#pixelsLeft === 0) this.#endImage();
        continue;
      }
      const wanted = this.#wantedBytes();
      const count = Math.min(wanted - this.#filled, chunk.length - at);
      this.#small.set(chunk.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === this.#wantedBytes()) this.#read();
    }
  }

  #length(): number {
    return new DataView(this.#small.buffer).getUint32(1, true);
  }

  #wantedBytes(): number {
    if (this.#filled < HEAD_BYTES) return HEAD_BYTES;
    const isImage = this.#small[0] === 'i'.charCodeAt(0);
    const wanted = HEAD_BYTES + (isImage ? IMAGE_HEAD_BYTES : this.#length());
    if (wanted > MAXIMUM_RECORD_BYTES) throw new ScannerFault('scanner.protocol', { recordBytes: wanted });
    return wanted;
  }

  #read(): void {
    const letter = String.fromCharCode(this.#small[0] ?? 0);
    const body = this.#small.subarray(HEAD_BYTES, this.#filled);
    this.#filled = 0;
    switch (letter) {
      case 'd': {
        const [canCapture, path = '', productName = ''] = Buffer.from(body).toString('utf8').split('\t');
        return this.#onRecord({ kind: 'device', path, productName, canCapture: canCapture === '1' });
      }
      case 'l':
        return this.#onRecord({ kind: 'end-of-list' });
      case 'o':
        return this.#onRecord({ kind: 'opened' });
      case 'f': {
        const status = body[0] ?? 0;
        const isNeeded = (status & FINGER.needed) !== 0;
        return this.#onRecord({ kind: 'finger', isNeeded, isPresent: (status & FINGER.present) !== 0 });
      }
      case 'x':
        return this.#onRecord({
          kind: 'error',
          letter: String.fromCharCode(body[0] ?? 0),
          hint: RETRY_HINTS[body[1] ?? 0] ?? 'place-finger',
        });
      case 'i':
        return this.#beginImage();
      default:
        throw new ScannerFault('scanner.protocol', { letterCode: this.#small[0] ?? 0 });
    }
  }

  #beginImage(): void {
    const view = new DataView(this.#small.buffer, HEAD_BYTES);
    const widthPx = view.getUint32(0, true);
    const heightPx = view.getUint32(4, true);
    const isBelievable = widthPx > 0 && heightPx > 0 && widthPx <= MAXIMUM_SIDE_PX && heightPx <= MAXIMUM_SIDE_PX;
    if (!isBelievable || this.#length() !== IMAGE_HEAD_BYTES + widthPx * heightPx) {
      throw new ScannerFault('scanner.protocol', { widthPx, heightPx });
    }
    const image = { widthPx, heightPx, milliPixelsPerMm: view.getUint32(8, true) };
    this.#sink = this.#onImage(image);
    this.#pixelsLeft = widthPx * heightPx;
    this.#pixelsDone = 0;
    this.#onRecord({ kind: 'image', image });
  }

  #endImage(): void {
    this.#sink = null;
    this.#onRecord({ kind: 'image-end' });
  }
}
