import type { CheckEnding, ErasureReason } from '../../contract/checks.ts';

/** Why the prints of a check that ends in this way are destroyed. */
export function reasonOfEnding(ending: CheckEnding): ErasureReason {
  if (ending === 'answered') return 'answers-complete';
  return ending === 'ended-with-the-process' ? 'station-closing' : ending;
}
