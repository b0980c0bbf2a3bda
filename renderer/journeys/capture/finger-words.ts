import type { FingerState, FingerView } from '../../../electron/contract/checks.ts';
import { refusalWordsKey } from '../../station/refusal.ts';

/** Looks words up by their key. */
type Words = (key: string, named?: Record<string, unknown>) => string;

/** Quality from which a capture is called good, 0–100. Ours: half-way between the usual threshold of 40 and the top. */
const GOOD_QUALITY = 70;
/** Quality from which a capture is called fair, 0–100. Source: the threshold that settings start with. */
const FAIR_QUALITY = 40;

/** The word for a quality: officers read words, the number stands beside it. */
export function qualityWordKey(quality: number): string {
  if (quality >= GOOD_QUALITY) return 'capture.quality.good';
  return quality >= FAIR_QUALITY ? 'capture.quality.fair' : 'capture.quality.poor';
}

/** True while the scanner is at work on a finger. */
export function isAtWork(state: FingerState): boolean {
  return (
    state.kind === 'waiting-for-finger' ||
    state.kind === 'previewing' ||
    state.kind === 'transferring' ||
    state.kind === 'waiting-for-lift'
  );
}

/** The one sentence under a finger: what is happening, or what to do now. */
export function stateInWords(finger: FingerView, t: Words): string {
  const { state } = finger;
  switch (state.kind) {
    case 'wanted':
      return t('capture.states.wanted');
    case 'waiting-for-finger':
      return t('capture.hints.place-finger');
    case 'previewing':
      return t(`capture.hints.${state.hint}`);
    case 'transferring':
      return t('capture.states.transferring', { percent: Math.round(state.receivedShare * 100) });
    case 'waiting-for-lift':
      return t('capture.hints.lift-finger');
    case 'captured':
      return t(state.isBelowThreshold ? 'capture.states.belowThreshold' : 'capture.states.captured', {
        quality: state.quality,
        word: t(qualityWordKey(state.quality)),
      });
    case 'failed':
      return t(refusalWordsKey(state.code));
    case 'missing':
      return t('capture.states.missing');
    case 'bandaged':
      return t('capture.states.bandaged');
  }
}
