import { ImageFault } from './image-fault.ts';

/** Reads numbers out of untrusted bytes; every read is checked against the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = littleEndian;
  }

  /** @throws ImageFault `image.truncated` */
  u8(offset: number): number {
    this.#require(offset, 1);
    return this.#view.getUint8(offset);
  }

  /** @throws ImageFault `image.truncated` */
  u16(offset: number): number {
    this.#require(offset, 2);
    return this.#view.getUint16(offset, this.#littleEndian);
  }

  /** @throws ImageFault `image.truncated` */
  u32(offset: number): number {
    this.#require(offset, 4);
    return this.#view.getUint32(offset, this.#littleEndian);
  }

  /** @throws ImageFault `image.truncated` */
  i32(offset: number): number {
    this.#require(offset, 4);
    return this.#view.getInt32(offset, this.#littleEndian);
  }

  /** A view, not a copy, of `length` bytes. @throws ImageFault `image.truncated` */
  slice(offset: number, length: number): Uint8Array {
    this.#require(offset, length);
    return this.bytes.subarray(offset, offset + length);
  }

  #require(offset: number, length: number): void {
    if (offset + length > this.bytes.length) {
      throw new ImageFault('image.truncated', { neededBytes: offset + length, presentBytes: this.bytes.length });
    }
  }
}
