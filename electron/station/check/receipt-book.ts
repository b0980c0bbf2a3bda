import type { ErasureReceipt } from '../../contract/checks.ts';

/** The receipts of one check: shown at once, and owed to the audit log until it has them. */
export class ReceiptBook {
  readonly #note: (receipt: ErasureReceipt) => Promise<void>;
  readonly #all: ErasureReceipt[] = [];
  readonly #owed: ErasureReceipt[] = [];

  constructor(note: (receipt: ErasureReceipt) => Promise<void>) {
    this.#note = note;
  }

  get all(): ErasureReceipt[] {
    return [...this.#all];
  }

  /** Keeps the receipt and pays what is owed; where the log cannot take it now, it stays owed. @throws StorageFault */
  async add(receipt: ErasureReceipt): Promise<void> {
    this.#all.push(receipt);
    this.#owed.push(receipt);
    await this.settle();
  }

  /** Writes what is still owed into the log. @throws StorageFault */
  async settle(): Promise<void> {
    for (let receipt = this.#owed.shift(); receipt !== undefined; receipt = this.#owed.shift()) {
      try {
        await this.#note(receipt);
      } catch (error) {
        this.#owed.unshift(receipt);
        throw error;
      }
    }
  }
}
