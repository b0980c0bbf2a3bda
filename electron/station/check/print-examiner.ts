import { MatcherFault } from '../../../native-bridge/matcher/matcher-fault.ts';
import type { MatcherPool, PairVerdict } from '../../../native-bridge/matcher/matcher.ts';
import type { CaptureOutcome } from '../../../native-bridge/scanner/scanner.ts';
import type { Held } from '../../custody/probe-custody.ts';
import { lendProbe } from './lend-probe.ts';
import type { Slots } from './finger-slot.ts';

/** What became of one image; `template` bytes lie in the buffer that was given for them. */
export type Extraction =
  | { readonly kind: 'extracted'; readonly templateBytes: number }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'failed' };

export interface PrintExaminerOptions {
  readonly matcher: MatcherPool;
  readonly onFault: (fault: unknown) => void;
}

/** Lets the matcher look at the prints of one check; what goes wrong is told, and is never an answer about a finger. */
export class PrintExaminer {
  readonly #options: PrintExaminerOptions;

  constructor(options: PrintExaminerOptions) {
    this.#options = options;
  }

  /** Extracts the template of one image. `failed` when the capture was ended meanwhile or the matcher could not. */
  async extract(
    image: Held,
    template: Held,
    { widthPx, heightPx, resolutionPpi }: Extract<CaptureOutcome, { kind: 'captured' }>,
    signal: AbortSignal,
  ): Promise<Extraction> {
    if (signal.aborted) return { kind: 'failed' };
    try {
      using pixels = image.lend();
      using into = template.lend();
      const lent = { pixels: pixels.buffer, widthPx, heightPx, resolutionPpi };
      const report = await this.#options.matcher.extract(lent, into.buffer, signal);
      if (report.kind !== 'extracted') return { kind: 'unusable' };
      return { kind: 'extracted', templateBytes: report.templateBytes };
    } catch (error) {
      if (signal.aborted) return { kind: 'failed' };
      if (!(error instanceof MatcherFault)) throw error;
      this.#options.onFault(error);
      return { kind: 'failed' };
    }
  }

  /** Looks at both prints together, once there are two; a matcher that cannot says nothing. */
  async examinePair(slots: Slots, signal: AbortSignal): Promise<PairVerdict> {
    using probe = lendProbe(slots);
    const [first, second] = probe.fingers;
    if (first === undefined || second === undefined) return 'nothing';
    try {
      return await this.#options.matcher.examinePair(first, second, signal);
    } catch (error) {
      if (!signal.aborted) this.#options.onFault(error);
      return 'nothing';
    }
  }
}
