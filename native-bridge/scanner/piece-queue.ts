import type { PieceRange } from './host-messages.ts';

/** A queue of consecutive pieces, kept as ranges, so that a whole image costs one entry and each gap one more. */
export class PieceQueue {
  #ranges: PieceRange[] = [];
  #length = 0;

  /** Pieces that wait. */
  get length(): number {
    return this.#length;
  }

  get ranges(): readonly PieceRange[] {
    return this.#ranges;
  }

  /** Puts a range at the end; one that continues the last is joined to it. */
  push(first: number, count: number): void {
    if (count === 0) return;
    const last = this.#ranges.at(-1);
    if (last !== undefined && last.first + last.count === first) {
      this.#ranges[this.#ranges.length - 1] = { first: last.first, count: last.count + count };
    } else {
      this.#ranges.push({ first, count });
    }
    this.#length += count;
  }

  /** Takes the next piece, or undefined when nothing waits. */
  shift(): number | undefined {
    const head = this.#ranges[0];
    if (head === undefined) return undefined;
    if (head.count === 1) this.#ranges.shift();
    else this.#ranges[0] = { first: head.first + 1, count: head.count - 1 };
    this.#length -= 1;
    return head.first;
  }

  /** Takes up to `limit` ranges from the front. */
  takeRanges(limit: number): PieceRange[] {
    const taken = this.#ranges.splice(0, limit);
    this.#length -= taken.reduce((sum, { count }) => sum + count, 0);
    return taken;
  }

  /** How many pieces wait before `piece`; −1 when it does not wait at all. */
  positionOf(piece: number): number {
    let before = 0;
    for (const { first, count } of this.#ranges) {
      if (piece >= first && piece < first + count) return before + piece - first;
      before += count;
    }
    return -1;
  }

  clear(): void {
    this.#ranges = [];
    this.#length = 0;
  }
}
