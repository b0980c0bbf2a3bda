/** One remembered frame of the device. */
interface RememberedFrame {
  readonly number: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** The latest frames of a device, whole. A frame that is forgotten is cleared. */
export class FrameMemory {
  readonly #capacity: number;
  readonly #frames: RememberedFrame[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get newest(): RememberedFrame | undefined {
    return this.#frames.at(-1);
  }

  find(number: number): RememberedFrame | undefined {
    return this.#frames.find((frame) => frame.number === number);
  }

  /** Takes over the pixels, and clears those of the oldest frame when there are too many. */
  remember(number: number, pixels: Uint8Array<ArrayBuffer>): void {
    this.#frames.push({ number, pixels });
    if (this.#frames.length > this.#capacity) this.#frames.shift()?.pixels.fill(0);
  }

  forget(): void {
    for (const { pixels } of this.#frames.splice(0)) pixels.fill(0);
  }
}
