import type { GroundsRecord } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * PACE 1984 s61(6B)(a) [T]: "the name of the person is unknown to, and cannot be readily ascertained by, the constable".
 * What was tried to ascertain it must be said.
 */
export function isNameUnknown({ nameCondition }: Pick<GroundsRecord, 'nameCondition'>): boolean {
  return nameCondition?.kind === 'name-unknown' && isStated(nameCondition.whatWasTried);
}
