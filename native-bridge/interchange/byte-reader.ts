import { InterchangeFault, type InterchangeFaultCode } from './interchange-fault.ts';

/** A big-endian cursor over bytes that somebody else owns; reading past the end throws the format's own fault. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #overrun: InterchangeFaultCode;
  #offset: number;

  /** @param overrun the code of the fault that a read past the end throws */
  constructor(bytes: Uint8Array, overrun: InterchangeFaultCode, offset = 0) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#overrun = overrun;
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  /** The next `count` bytes, as a view. */
  take(count: number): Uint8Array {
    const from = this.#step(count);
    return this.bytes.subarray(from, from + count);
  }

  skip(count: number): void {
    this.#step(count);
  }

  #step(count: number): number {
    const from = this.#offset;
    if (count > this.bytes.length - from) {
      throw new InterchangeFault(this.#overrun, { offset: from, needed: count, left: this.bytes.length - from });
    }
    this.#offset = from + count;
    return from;
  }
}
