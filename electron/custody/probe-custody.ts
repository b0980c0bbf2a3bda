import type { ErasureReason, ErasureReceipt } from '../contract/checks.ts';
import { CustodyFault } from './custody-fault.ts';
import { isAllZero, zeroise } from './zeroise.ts';

export type HeldKind = ErasureReceipt['kind'];

/** Largest single buffer, bytes. Source: ours, a 1,000 ppi ten-print slap (3,200 × 3,000) and some. */
export const MAXIMUM_HELD_BYTES = 16 * 1024 * 1024;

/** Access for as long as the scope lasts: `using loan = held.lend()`. The bytes stay the custody's. */
export interface Loan extends Disposable {
  readonly buffer: SharedArrayBuffer;
}

/** One buffer in custody, as its check sees it. */
export interface Held {
  readonly bufferId: string;
  readonly kind: HeldKind;
  readonly sizeBytes: number;
  readonly isErased: boolean;
  /** @throws CustodyFault `custody.already-erasing` once erasure was asked for */
  lend(): Loan;
  /**
   * Zeroises at once, again when the last loan has ended (a borrower may still have written), looks that every byte is
   * zero, and only then makes the receipt. Asked twice it answers with the same receipt.
   * @throws CustodyFault `custody.not-zero`
   */
  erase(why: ErasureReason): Promise<ErasureReceipt>;
}

export interface CustodyOptions {
  readonly now: () => number;
  readonly uuid: () => string;
  /** Sees each buffer when it is taken: for tests and the demo, which look at it again after the check. */
  readonly observer?: (bufferId: string, buffer: SharedArrayBuffer) => void;
}

/** The one owner of fingerprint bytes. What it holds is lent, never copied, and dies here. */
export interface ProbeCustody {
  take(kind: HeldKind, sizeBytes: number): Held;
  /** Buffers that still hold something or may be written to. */
  readonly heldBuffers: number;
  /** Zeroises everything without waiting for loans: for the last moments of a process. */
  zeroiseEverythingNow(): void;
}

class HeldBuffer implements Held {
  readonly bufferId: string;
  readonly kind: HeldKind;
  readonly sizeBytes: number;
  readonly #buffer: SharedArrayBuffer;
  readonly #takenAtMs: number;
  readonly #now: () => number;
  readonly #onErased: () => void;
  #openLoans = 0;
  #lastLoanEnded: (() => void) | null = null;
  #erasure: Promise<ErasureReceipt> | null = null;
  #isErased = false;

  constructor(kind: HeldKind, buffer: SharedArrayBuffer, options: CustodyOptions, onErased: () => void) {
    this.bufferId = options.uuid();
    this.kind = kind;
    this.sizeBytes = buffer.byteLength;
    this.#buffer = buffer;
    this.#now = options.now;
    this.#takenAtMs = options.now();
    this.#onErased = onErased;
  }

  get isErased(): boolean {
    return this.#isErased;
  }

  lend(): Loan {
    if (this.#erasure !== null) throw new CustodyFault('custody.already-erasing', { bufferId: this.bufferId });
    this.#openLoans += 1;
    let isOpen = true;
    return {
      buffer: this.#buffer,
      [Symbol.dispose]: () => {
        if (!isOpen) return;
        isOpen = false;
        this.#openLoans -= 1;
        if (this.#openLoans === 0) this.#lastLoanEnded?.();
      },
    };
  }

  erase(why: ErasureReason): Promise<ErasureReceipt> {
    this.#erasure ??= this.#eraseAfterLoans(why);
    return this.#erasure;
  }

  zeroiseNow(): void {
    zeroise(this.#buffer);
  }

  async #eraseAfterLoans(why: ErasureReason): Promise<ErasureReceipt> {
    this.zeroiseNow();
    if (this.#openLoans > 0) {
      await new Promise<void>((resolve) => {
        this.#lastLoanEnded = resolve;
      });
      this.zeroiseNow();
    }
    if (!isAllZero(this.#buffer)) throw new CustodyFault('custody.not-zero', { bufferId: this.bufferId });
    this.#isErased = true;
    this.#onErased();
    return {
      bufferId: this.bufferId,
      kind: this.kind,
      sizeBytes: this.sizeBytes,
      takenAt: new Date(this.#takenAtMs).toISOString(),
      erasedAt: new Date(this.#now()).toISOString(),
      why,
    };
  }
}

/** Makes the custody of one station. */
export function createProbeCustody(options: CustodyOptions): ProbeCustody {
  const held = new Set<HeldBuffer>();
  return {
    take(kind, sizeBytes) {
      if (!Number.isInteger(sizeBytes) || sizeBytes < 1 || sizeBytes > MAXIMUM_HELD_BYTES) {
        throw new CustodyFault('custody.size', { sizeBytes });
      }
      const buffer = new SharedArrayBuffer(sizeBytes);
      const one: HeldBuffer = new HeldBuffer(kind, buffer, options, () => held.delete(one));
      held.add(one);
      options.observer?.(one.bufferId, buffer);
      return one;
    },
    get heldBuffers() {
      return held.size;
    },
    zeroiseEverythingNow() {
      for (const one of held) one.zeroiseNow();
    },
  };
}
