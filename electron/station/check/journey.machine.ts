import { createActor, setup } from 'xstate';
import type { ActorRefFrom } from 'xstate';
import type { CheckEnding, CheckView } from '../../contract/checks.ts';

/** What moves a check from one stage to the next. */
export type JourneyEvent =
  | { readonly type: 'grounds-suffice' }
  | { readonly type: 'words-spoken' }
  | { readonly type: 'search-started' }
  | { readonly type: 'answers-complete' }
  | { readonly type: 'results-closed' }
  | { readonly type: 'ended'; readonly ending: CheckEnding };

/**
 * The stages of one identity check and the only ways between them: grounds → words → capture → searching → results →
 * closed, with a way out at each. What must be erased on a way out is the identity check's work, not the machine's.
 */
export const journeyMachine = setup({ types: { events: {} as JourneyEvent } }).createMachine({
  id: 'identity-check',
  initial: 'grounds',
  on: { ended: '.closed' },
  states: {
    grounds: { on: { 'grounds-suffice': 'words' } },
    words: { on: { 'words-spoken': 'capture' } },
    capture: { on: { 'search-started': 'searching' } },
    searching: { on: { 'answers-complete': 'results' } },
    results: { on: { 'results-closed': 'closed' } },
    closed: { type: 'final' },
  },
});

export type Journey = ActorRefFrom<typeof journeyMachine>;
export type Stage = CheckView['stage'];

/** Starts the journey of one check at its grounds. */
export function startJourney(): Journey {
  const journey = createActor(journeyMachine);
  journey.start();
  return journey;
}
