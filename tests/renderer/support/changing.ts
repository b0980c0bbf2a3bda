/** A value that is followed: the present one first, then each new one, until the follower stops or the value ends. */
export class Changing<Value> {
  #present: Value;
  readonly #wakers = new Set<() => void>();
  #version = 0;
  #hasEnded = false;

  constructor(present: Value) {
    this.#present = present;
  }

  get present(): Value {
    return this.#present;
  }

  set(next: Value): void {
    this.#present = next;
    this.#version += 1;
    this.#wake();
  }

  /** Every follower's loop ends, as it does when a stream breaks. */
  end(): void {
    this.#hasEnded = true;
    this.#wake();
    this.#hasEnded = false;
  }

  async *follow(signal?: AbortSignal): AsyncGenerator<Value, void> {
    let seen = -1;
    while (signal?.aborted !== true) {
      if (seen !== this.#version) {
        seen = this.#version;
        yield this.#present;
        continue;
      }
      const hasEnded = await this.#next(signal);
      if (hasEnded) return;
    }
  }

  #next(signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wakers.delete(wake);
        resolve(this.#hasEnded);
      };
      this.#wakers.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
  }
}
