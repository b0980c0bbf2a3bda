import type { ProbeFinger } from '../../../native-bridge/matcher/matcher.ts';
import type { Loan } from '../../custody/probe-custody.ts';
import type { ProbeImpression } from '../../search/search-provider.ts';
import type { Slots } from './finger-slot.ts';

/** The prints of one check, for as long as the scope lasts: `using probe = lendProbe(slots)`. */
export interface LentProbe extends Disposable {
  /** The usable templates. */
  readonly fingers: readonly ProbeFinger[];
  /** Both fingers as they were taken, or why they were not; a finger that is still wanted is left out. */
  readonly impressions: readonly ProbeImpression[];
}

/** Lends templates and pictures; the bytes stay the custody's, and are lent no longer than the scope lasts. */
export function lendProbe(slots: Slots): LentProbe {
  const loans: Loan[] = [];
  const fingers: ProbeFinger[] = [];
  const impressions: ProbeImpression[] = [];
  for (const { image, position, state, template } of [slots.first, slots.second]) {
    if (template !== null) {
      const loan = template.held.lend();
      loans.push(loan);
      fingers.push({ position, template: loan.buffer, templateBytes: template.bytes });
    }
    if (image !== null) {
      const { held, ...measures } = image;
      const loan = held.lend();
      loans.push(loan);
      impressions.push({ kind: 'image', position, pixels: loan.buffer, ...measures });
    } else if (state.kind === 'missing' || state.kind === 'bandaged') {
      impressions.push({ kind: state.kind, position });
    }
  }
  return {
    fingers,
    impressions,
    [Symbol.dispose]() {
      for (const loan of loans) loan[Symbol.dispose]();
    },
  };
}
