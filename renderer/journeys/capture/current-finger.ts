import type { FingerSlot, FingerView } from '../../../electron/contract/checks.ts';
import { isAtWork } from './finger-words.ts';

/** The finger that the page is about now: the one at work, else the next that is wanted; null when both are settled. */
export function currentFinger(fingers: readonly FingerView[]): FingerSlot | null {
  const atWork = fingers.find(({ state }) => isAtWork(state));
  const next = fingers.find(({ state }) => state.kind === 'failed' || state.kind === 'wanted');
  return (atWork ?? next)?.slot ?? null;
}
