import type { ErasureReason, ErasureReceipt, FingerSlot } from '../../contract/checks.ts';
import type { CheckOpening } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { FingerDesk } from './finger-desk.ts';
import { SearchStage } from './search-stage.ts';

/** What a finger may be marked as, instead of being taken; `wanted` takes the mark away. */
export type MarkedAs = 'missing' | 'bandaged' | 'wanted';

export interface SittingOptions {
  readonly opening: CheckOpening;
  readonly services: CheckServices;
  readonly note: (note: CheckNote) => Promise<void>;
  readonly onReceipt: (receipt: ErasureReceipt) => Promise<void>;
  readonly onChange: () => void;
  /** Both answers are in and kept, and the prints are gone. */
  readonly onAnswers: () => void;
  /** The searches could not be carried through, for a reason that no database answers for. */
  readonly onSearchFault: (fault: unknown) => void;
}

/**
 * One sitting at the desk: two fingers and the search of their prints. An interruption ends it and takes its prints; a
 * check that goes on afterwards begins another one.
 */
export class Sitting {
  readonly fingers: FingerDesk;
  readonly search: SearchStage;
  readonly #options: SittingOptions;
  readonly #ending = new AbortController();

  constructor(options: SittingOptions) {
    const { note, onChange, onReceipt, opening, services } = options;
    this.#options = options;
    this.fingers = new FingerDesk({
      custody: services.custody,
      matcher: services.matcher,
      minimumQuality: () => services.settings().minimumQuality,
      maximumAttempts: () => services.settings().maximumAttempts,
      onChange,
      onReceipt,
      onTaken: ({ bufferId, kind, sizeBytes }, position) =>
        note(
          kind === 'image'
            ? { code: 'capture-taken', details: { bufferId, position, kind, sizeBytes } }
            : { code: 'buffer-taken', details: { bufferId, kind, sizeBytes } },
        ),
      onFailed: (position, reason) => note({ code: 'capture-refused', details: { reason, position } }),
      onFault: (fault) => services.log.fault('capture', fault),
    });
    this.search = new SearchStage({
      opening,
      services,
      fingers: this.fingers,
      ending: this.ending,
      note,
      onReceipt,
      onChange,
      onComplete: options.onAnswers,
      onFault: (fault) => {
        // A search that breaks because its sitting ends has nobody left to fail for.
        if (this.ending.aborted) services.log.fault('search', fault);
        else options.onSearchFault(fault);
      },
    });
  }

  /** Aborted when the sitting ends. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Marks a finger, and says so in the log. */
  async mark(slot: FingerSlot, condition: MarkedAs): Promise<void> {
    const position = await this.fingers.mark(slot, condition);
    await this.#options.note({ code: 'finger-marked', details: { position, condition } });
  }

  /** Ends the grant, erases every print, stops the searches, and waits until nothing of them runs. Asked twice, it waits twice. */
  async end(why: ErasureReason): Promise<void> {
    const { opening, services } = this.#options;
    this.#ending.abort();
    services.grants.end(opening.checkId);
    await Promise.all([this.fingers.eraseAll(why), this.search.eraseAll(why)]);
    await this.search.settled();
  }
}
