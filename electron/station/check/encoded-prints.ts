import type { ErasureReason, ErasureReceipt } from '../../contract/checks.ts';
import { CustodyFault } from '../../custody/custody-fault.ts';
import type { Held, ProbeCustody } from '../../custody/probe-custody.ts';
import type { EncodedPrint } from '../../search/search-provider.ts';

export interface EncodedPrintsOptions {
  readonly custody: ProbeCustody;
  /** A buffer came into custody; one receipt must follow. */
  readonly onTaken: (held: Held) => Promise<void>;
  readonly onReceipt: (receipt: ErasureReceipt) => Promise<void>;
}

/** The encoded prints of one check: each lives as long as it is being sent, and no longer than the check. */
export class EncodedPrints {
  readonly #options: EncodedPrintsOptions;
  readonly #held = new Set<Held>();
  /** Receipts on their way to the log. */
  readonly #handedOver: Promise<void>[] = [];
  #endedFor: ErasureReason | null = null;

  constructor(options: EncodedPrintsOptions) {
    this.#options = options;
  }

  /**
   * Takes a buffer once the log knows of it.
   * @throws CustodyFault `custody.size`, `custody.already-erasing` when the check has ended, and what the log throws
   */
  async hold(sizeBytes: number): Promise<EncodedPrint> {
    const held = this.#options.custody.take('encoded', sizeBytes);
    try {
      await this.#options.onTaken(held);
    } catch (error) {
      // What the log could not be told of was never used: it is empty, and owes no receipt.
      await held.erase('search-failed');
      throw error;
    }
    this.#held.add(held);
    if (this.#endedFor !== null) {
      await this.#erase(held, this.#endedFor);
      throw new CustodyFault('custody.already-erasing', { bufferId: held.bufferId });
    }
    const loan = held.lend();
    return {
      buffer: loan.buffer,
      [Symbol.asyncDispose]: () => {
        loan[Symbol.dispose]();
        return this.#erase(held, 'sending-ended');
      },
    };
  }

  /** Zeroises at once whatever is still held; settles when every receipt is with the log. @throws StorageFault */
  async eraseAll(why: ErasureReason): Promise<void> {
    this.#endedFor ??= why;
    await Promise.all(Array.from(this.#held, (held) => this.#erase(held, why)));
    await Promise.all(this.#handedOver);
  }

  /** The bytes are waited for; the log is not: an answer does not wait for the disk, and `eraseAll` says what failed. */
  async #erase(held: Held, why: ErasureReason): Promise<void> {
    const receipt = await held.erase(why);
    if (!this.#held.delete(held)) return;
    const handedOver = this.#options.onReceipt(receipt);
    handedOver.catch(() => {});
    this.#handedOver.push(handedOver);
  }
}
