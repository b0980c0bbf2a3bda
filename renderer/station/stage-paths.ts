import type { CheckView } from '../../electron/contract/checks.ts';

/** One step of an identity check. */
export type Stage = CheckView['stage'];

/** The page of each stage; the station's stage is the truth, and the page follows it. */
export const STAGE_PATHS: Readonly<Record<Stage, string>> = {
  grounds: '/check/grounds',
  words: '/check/words',
  capture: '/check/capture',
  searching: '/check/searching',
  results: '/check/results',
  interrupted: '/check/interrupted',
  closed: '/check/closed',
};
