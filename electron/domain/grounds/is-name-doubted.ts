import type { GroundsRecord } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * PACE 1984 s61(6B)(b) [T]: "the constable has reasonable grounds for doubting whether a name furnished by the person as
 * his name is his real name". The grounds must be said.
 */
export function isNameDoubted({ nameCondition }: Pick<GroundsRecord, 'nameCondition'>): boolean {
  return nameCondition?.kind === 'name-doubted' && isStated(nameCondition.whyDoubted);
}
