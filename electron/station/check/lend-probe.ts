import type { ProbeFinger } from '../../../native-bridge/matcher/matcher.ts';
import type { Loan } from '../../custody/probe-custody.ts';
import type { Slots } from './finger-slot.ts';

/** The usable prints of one check, for as long as the scope lasts: `using probe = lendProbe(slots)`. */
export interface LentProbe extends Disposable {
  readonly fingers: readonly ProbeFinger[];
}

/** Lends the templates that were extracted; the bytes stay the custody's, and are lent no longer than the scope lasts. */
export function lendProbe(slots: Slots): LentProbe {
  const loans: Loan[] = [];
  const fingers: ProbeFinger[] = [];
  for (const { position, template } of [slots.first, slots.second]) {
    if (template === null) continue;
    const loan = template.held.lend();
    loans.push(loan);
    fingers.push({ position, template: loan.buffer, templateBytes: template.bytes });
  }
  return {
    fingers,
    [Symbol.dispose]() {
      for (const loan of loans) loan[Symbol.dispose]();
    },
  };
}
