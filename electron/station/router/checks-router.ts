import type { CheckView } from '../../contract/checks.ts';
import type { CheckDesk } from '../check/check-desk.ts';
import { follow } from '../follow.ts';
import { type CallContext, type Gate, sessionOf } from './gate.ts';

/** The officer's journey: each call finds the officer's own check and hands it on. */
export function checksRouter(gate: Gate, desk: CheckDesk) {
  const find = (context: CallContext, checkId: string) => desk.find(sessionOf(context), checkId);
  return {
    begin: gate.checks.begin.handler(({ context }) => desk.begin(sessionOf(context))),
    current: gate.checks.current.handler(({ context }) => desk.current(sessionOf(context))),
    watch: gate.checks.watch.handler(({ context, input, signal }) => {
      const check = find(context, input.checkId);
      return follow<CheckView>({
        first: check.view(),
        subscribe: (listener) => check.subscribe(listener),
        isLast: (view) => view.stage === 'closed',
        signal,
      });
    }),
    resume: gate.checks.resume.handler(({ context, input }) => find(context, input.checkId).resume()),
    keepDraft: gate.checks.keepDraft.handler(({ context, input }) =>
      find(context, input.checkId).keepDraft(input.draft, input.answered),
    ),
    recordGrounds: gate.checks.recordGrounds.handler(({ context, input }) =>
      find(context, input.checkId).recordGrounds(input.grounds),
    ),
    confirmSpoken: gate.checks.confirmSpoken.handler(({ context, input }) =>
      find(context, input.checkId).confirmSpoken(input.word),
    ),
    proceedToCapture: gate.checks.proceedToCapture.handler(({ context, input }) =>
      find(context, input.checkId).proceedToCapture(),
    ),
    capture: gate.checks.capture.handler(({ context, input }) =>
      find(context, input.checkId).capture(input.grantId, input.slot, input.position),
    ),
    cancelCapture: gate.checks.cancelCapture.handler(({ context, input }) =>
      find(context, input.checkId).cancelCapture(input.grantId),
    ),
    markFinger: gate.checks.markFinger.handler(({ context, input }) =>
      find(context, input.checkId).markFinger(input.grantId, input.slot, input.condition),
    ),
    search: gate.checks.search.handler(({ context, input }) =>
      find(context, input.checkId).search(input.grantId, input.whyBelowThreshold),
    ),
    keepWaiting: gate.checks.keepWaiting.handler(({ context, input }) =>
      find(context, input.checkId).decide(input.database, 'keep-waiting'),
    ),
    tryAgain: gate.checks.tryAgain.handler(({ context, input }) =>
      find(context, input.checkId).tryAgain(input.grantId, input.database),
    ),
    goOnWithout: gate.checks.goOnWithout.handler(({ context, input }) =>
      find(context, input.checkId).decide(input.database, 'go-on-without'),
    ),
    viewResults: gate.checks.viewResults.handler(({ context, input }) => find(context, input.checkId).viewResults()),
    stateEthnicity: gate.checks.stateEthnicity.handler(({ context, input }) =>
      find(context, input.checkId).stateEthnicity(input.selfDefined, input.officerDefined),
    ),
    close: gate.checks.close.handler(({ context, input }) => find(context, input.checkId).close()),
    noteSlip: gate.checks.noteSlip.handler(({ context, input }) => find(context, input.checkId).noteSlip()),
    end: gate.checks.end.handler(({ context, input }) => find(context, input.checkId).end(input.why)),
  };
}
