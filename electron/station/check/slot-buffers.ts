import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import type { ErasureReason, ErasureReceipt } from '../../contract/checks.ts';
import type { Held, ProbeCustody } from '../../custody/probe-custody.ts';
import type { Slot } from './finger-slot.ts';

export interface SlotBuffersOptions {
  readonly custody: ProbeCustody;
  /** A buffer came into custody; one receipt must follow. */
  readonly onTaken: (held: Held, position: FingerPosition) => Promise<void>;
  readonly onReceipt: (receipt: ErasureReceipt) => Promise<void>;
}

/** The buffers that custody holds for the fingers of one check: taken and erased here, and told of each time. */
export class SlotBuffers {
  readonly #options: SlotBuffersOptions;

  constructor(options: SlotBuffersOptions) {
    this.#options = options;
  }

  /** Takes a buffer for a slot once the log knows of it. @throws what the log throws; the buffer is then gone */
  async hold(slot: Slot, kind: Held['kind'], sizeBytes: number): Promise<Held> {
    const held = this.#options.custody.take(kind, sizeBytes);
    try {
      await this.#options.onTaken(held, slot.position);
    } catch (error) {
      // What the log could not be told of was never used: it is empty, and owes no receipt.
      await held.erase('capture-failed');
      throw error;
    }
    slot.held.push(held);
    return held;
  }

  /** Erases all that a slot holds, and hands over every receipt, even when the log cannot take the first. */
  async erase(slot: Slot, why: ErasureReason): Promise<void> {
    const gone = slot.held;
    slot.held = [];
    slot.image = null;
    slot.template = null;
    slot.liftedAtMs = null;
    const receipts = await Promise.all(gone.map((held) => held.erase(why)));
    await Promise.all(receipts.map((receipt) => this.#options.onReceipt(receipt)));
  }
}
