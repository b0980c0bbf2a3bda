import { randomUUID } from 'node:crypto';
import { createProbeCustody, type Held, type ProbeCustody } from '../../../electron/custody/probe-custody.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import type { ProbeImpression, SearchProbe } from '../../../electron/search/search-provider.ts';
import { EncodedPrints } from '../../../electron/station/check/encoded-prints.ts';
import type { ErasureReceipt } from '../../../electron/contract/checks.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import type { ProbeFinger } from '../../../native-bridge/matcher/matcher.ts';
import type { Position } from './made-up-prints.ts';

/** One finger as a test lends it: a picture, with its template where one came of it, or why there is none. */
export type TestFinger =
  | {
      readonly kind: 'image';
      readonly position: Position;
      readonly image: GreyImage;
      readonly template: Uint8Array | null;
    }
  | { readonly kind: 'missing' | 'bandaged'; readonly position: Position };

/** The custody of one station and everything that ever came into it. */
export class WatchedCustody {
  readonly custody: ProbeCustody;
  readonly #buffers = new Map<string, SharedArrayBuffer>();
  readonly receipts: ErasureReceipt[] = [];

  constructor() {
    this.custody = createProbeCustody({
      now: () => Date.now(),
      uuid: () => randomUUID(),
      observer: (bufferId, buffer) => this.#buffers.set(bufferId, buffer),
    });
  }

  get taken(): number {
    return this.#buffers.size;
  }

  /** Buffers that are not all zero. */
  get residual(): number {
    return [...this.#buffers.values()].filter((buffer) => !isAllZero(buffer)).length;
  }

  /** Buffers that have not exactly one receipt. */
  get withoutOneReceipt(): number {
    return [...this.#buffers.keys()].filter(
      (id) => this.receipts.filter(({ bufferId }) => bufferId === id).length !== 1,
    ).length;
  }
}

/** The prints of one made-up check, in custody, and where its encoded prints go. */
export class LentCheck {
  readonly probe: SearchProbe;
  readonly encoded: EncodedPrints;
  readonly #watched: WatchedCustody;
  readonly #held: Held[] = [];
  readonly #loans: Disposable[] = [];

  constructor(watched: WatchedCustody, checkReference: string, taken: readonly TestFinger[]) {
    this.#watched = watched;
    const fingers: ProbeFinger[] = [];
    const impressions: ProbeImpression[] = [];
    for (const finger of taken) {
      if (finger.kind !== 'image') {
        impressions.push(finger);
        continue;
      }
      const { position, template } = finger;
      const { pixels, ...measures } = finger.image;
      impressions.push({ kind: 'image', position, pixels: this.#hold('image', pixels), ...measures, quality: 80 });
      if (template === null) continue;
      fingers.push({ position, template: this.#hold('template', template), templateBytes: template.length });
    }
    this.probe = { checkReference, fingers, impressions };
    this.encoded = new EncodedPrints({
      custody: watched.custody,
      onTaken: () => Promise.resolve(),
      onReceipt: (receipt) => {
        watched.receipts.push(receipt);
        return Promise.resolve();
      },
    });
  }

  #hold(kind: 'image' | 'template', bytes: Uint8Array): SharedArrayBuffer {
    const held = this.#watched.custody.take(kind, bytes.length);
    const loan = held.lend();
    new Uint8Array(loan.buffer).set(bytes);
    this.#held.push(held);
    this.#loans.push(loan);
    return loan.buffer;
  }

  /** Ends the loans and erases everything, as a check does that has its answers. */
  async end(): Promise<void> {
    const erased = Promise.all(this.#held.map((held) => held.erase('answers-complete')));
    for (const loan of this.#loans) loan[Symbol.dispose]();
    this.#watched.receipts.push(...(await erased));
    await this.encoded.eraseAll('answers-complete');
  }
}
