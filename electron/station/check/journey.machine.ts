import { createActor, setup } from 'xstate';
import type { ActorRefFrom } from 'xstate';
import type { CheckEnding, CheckView, ResumeStage } from '../../contract/checks.ts';

/** What moves a check from one stage to the next. */
export type JourneyEvent =
  | { readonly type: 'grounds-suffice' }
  | { readonly type: 'words-spoken' }
  | { readonly type: 'search-started' }
  | { readonly type: 'answers-complete' }
  | { readonly type: 'results-closed' }
  | { readonly type: 'interrupted' }
  | { readonly type: 'resumed'; readonly at: ResumeStage }
  | { readonly type: 'ended'; readonly ending: CheckEnding };

const goesOnAt =
  (stage: ResumeStage) =>
  ({ event }: { event: JourneyEvent }): boolean =>
    event.type === 'resumed' && event.at === stage;

/**
 * The stages of one identity check and the only ways between them: grounds → words → capture → searching → results →
 * closed, with a way out at each. An interruption may come at any of them; a check goes on where it stood, but never in a
 * search, whose prints are gone. What must be erased on a way is the identity check's work, not the machine's.
 */
export const journeyMachine = setup({ types: { events: {} as JourneyEvent } }).createMachine({
  id: 'identity-check',
  initial: 'grounds',
  on: { ended: '.closed' },
  states: {
    grounds: { on: { 'grounds-suffice': 'words', interrupted: 'interrupted' } },
    words: { on: { 'words-spoken': 'capture', interrupted: 'interrupted' } },
    capture: { on: { 'search-started': 'searching', interrupted: 'interrupted' } },
    searching: { on: { 'answers-complete': 'results', interrupted: 'interrupted' } },
    results: { on: { 'results-closed': 'closed', interrupted: 'interrupted' } },
    interrupted: {
      on: {
        resumed: [
          { guard: goesOnAt('grounds'), target: 'grounds' },
          { guard: goesOnAt('words'), target: 'words' },
          { guard: goesOnAt('capture'), target: 'capture' },
          { guard: goesOnAt('results'), target: 'results' },
        ],
      },
    },
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
