import { examineCapturePair, type PairFinding } from '../compare/capture-pair.ts';
import { createComparer, type Comparer } from '../compare/comparer.ts';
import type { ProbeFinger } from '../matcher.ts';
import type { PairTask } from './worker-tasks.ts';
import { zeroNumbers } from './zero-numbers.ts';

/** The thread's comparer, made when it is first needed. */
let comparer: Comparer | undefined;

/**
 * Compares the two captures of one check with each other and leaves nothing of them behind.
 * @throws MatcherFault of the template codec when one is none
 */
export function examinePair({ first, second }: PairTask): PairFinding['kind'] {
  const compare = (comparer ??= createComparer());
  const prepare = ({ position, template, templateBytes }: ProbeFinger) => ({
    position,
    template: compare.prepare(new Uint8Array(template, 0, templateBytes)),
  });
  const [one, other] = [prepare(first), prepare(second)];
  try {
    return examineCapturePair(compare, one, other).kind;
  } finally {
    compare.clear();
    for (const { template } of [one, other]) zeroNumbers(template);
    compare.clear();
  }
}
