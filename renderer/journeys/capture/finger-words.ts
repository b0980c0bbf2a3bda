import type { FingerState, FingerView } from '../../../electron/contract/checks.ts';
import { refusalWordsKey } from '../../station/refusal.ts';

/** Looks words up by their key; a number picks the plural. */
export type Words = (key: string, named?: Record<string, unknown>, plural?: number) => string;

/** Quality from which a capture is called good, 0–100. Ours: half-way between the usual threshold of 40 and the top. */
const GOOD_QUALITY = 70;
/** Quality from which a capture is called fair, 0–100. Source: the threshold that settings start with. */
const FAIR_QUALITY = 40;

type Hint = Extract<FingerState, { kind: 'previewing' }>['hint'];

/** The shape that stands beside the words of a finger's state. */
export type MarkName = Hint | 'reading' | 'taken' | 'failed';

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

/** What the person at the glass is to do, or null when nobody is at it. */
export function hintOf(state: FingerState): Hint | null {
  if (state.kind === 'waiting-for-finger') return 'place-finger';
  if (state.kind === 'waiting-for-lift') return 'lift-finger';
  return state.kind === 'previewing' ? state.hint : null;
}

/** The shape for a state; none for a finger that nothing was done with. */
export function markOf(state: FingerState): MarkName | null {
  const hint = hintOf(state);
  if (hint !== null) return hint;
  if (state.kind === 'transferring') return 'reading';
  if (state.kind === 'captured') return 'taken';
  return state.kind === 'failed' ? 'failed' : null;
}

/** The one sentence under a finger: what is happening, or what to do now. */
export function stateInWords({ state }: FingerView, t: Words): string {
  const hint = hintOf(state);
  if (hint !== null) return t(`capture.hints.${hint}`);
  switch (state.kind) {
    case 'transferring':
      return t('capture.states.transferring', { percent: Math.round(state.receivedShare * 100) });
    case 'captured':
      return t(state.isBelowThreshold ? 'capture.states.belowThreshold' : 'capture.states.captured', {
        quality: state.quality,
        word: t(qualityWordKey(state.quality)),
      });
    case 'failed':
      return t(refusalWordsKey(state.code));
    default:
      return t(`capture.states.${state.kind}`);
  }
}

/** How often the finger may still be tried, where that matters: before it is taken, and when it was not taken well. */
export function attemptsInWords({ state, attempts, attemptsLeft }: FingerView, t: Words): string {
  if (state.kind === 'missing' || state.kind === 'bandaged') return '';
  if (state.kind === 'captured' && !state.isBelowThreshold) return '';
  if (attempts === 0) return '';
  return isAtWork(state)
    ? t('capture.attempt', { attempt: attempts, of: attempts + attemptsLeft })
    : t('capture.attemptsLeft', { n: attemptsLeft }, attemptsLeft);
}

/** What a screen reader says of a finger: words that do not change while a number of percent does. */
export function spokenWords(finger: FingerView, t: Words): string {
  const { state } = finger;
  const name = t(`fingers.${finger.position}`);
  if (state.kind === 'wanted') return '';
  if (state.kind === 'transferring') return t('capture.said.transferring');
  const words = stateInWords(finger, t);
  if (state.kind === 'waiting-for-finger') return `${t('capture.said.waiting-for-finger')} ${words}.`;
  if (state.kind === 'waiting-for-lift') return `${t('capture.said.waiting-for-lift')} ${words}.`;
  if (state.kind === 'previewing') return words;
  return [`${name}: ${words}`, attemptsInWords(finger, t)].filter((part) => part !== '').join(' ');
}
