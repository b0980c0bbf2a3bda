import type { Result } from './search-gallery.ts';

/** One transaction as the gateway has it. */
export interface Held {
  readonly transaction: string;
  readonly check: string;
  readonly database: string;
  /** Of the station's certificate: nobody else is told of it. */
  readonly fingerprint: string;
  readonly ending: AbortController;
  state: 'queued' | 'searching' | 'ended';
  searchedShare: number;
  result: Result | null;
}

/** What the gateway has counted of one number. */
export interface Counted {
  readonly transaction: string;
  readonly check: string;
  readonly database: string;
  submissions: number;
  /** Searches that were begun: more than one without a loss or a withdrawal between them is a duplicate. */
  searches: number;
  lost: number;
  withdrawn: number;
}

/** The transactions of one gateway, those who wait for news of them, and a count that forgets none. */
export class Transactions {
  readonly #held = new Map<string, Held>();
  readonly #counted = new Map<string, Counted>();
  readonly #waiting = new Map<string, Set<() => void>>();

  find(transaction: string, fingerprint: string): Held | null {
    const held = this.#held.get(transaction);
    return held?.fingerprint === fingerprint ? held : null;
  }

  isTaken(transaction: string): boolean {
    return this.#held.has(transaction);
  }

  begin(held: Held): void {
    this.#held.set(held.transaction, held);
    this.#count(held).searches += 1;
  }

  submitted(of: Pick<Held, 'transaction' | 'check' | 'database'>): void {
    this.#count(of).submissions += 1;
  }

  forget(held: Held, why: 'lost' | 'withdrawn'): void {
    held.ending.abort();
    this.#held.delete(held.transaction);
    this.#count(held)[why] += 1;
    this.changed(held.transaction);
  }

  changed(transaction: string): void {
    for (const wake of this.#waiting.get(transaction) ?? []) wake();
  }

  /** Settles at the next change, or after so long. */
  async news(transaction: string, waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(transaction) ?? new Set();
    this.#waiting.set(transaction, waiting.add(resolve));
    const timer = setTimeout(resolve, waitMs);
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
  }

  /** Everything that was counted since the start. */
  counted(): readonly Counted[] {
    return [...this.#counted.values()].map((one) => ({ ...one }));
  }

  endAll(): void {
    for (const held of this.#held.values()) held.ending.abort();
    for (const waiting of this.#waiting.values()) for (const wake of waiting) wake();
  }

  #count({ check, database, transaction }: Pick<Held, 'transaction' | 'check' | 'database'>): Counted {
    const known = this.#counted.get(transaction);
    if (known !== undefined) return known;
    const fresh = { transaction, check, database, submissions: 0, searches: 0, lost: 0, withdrawn: 0 };
    this.#counted.set(transaction, fresh);
    return fresh;
  }
}
