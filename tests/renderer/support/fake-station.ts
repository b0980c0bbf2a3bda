import { implement } from '@orpc/server';
import type {
  CheckView,
  DatabaseAnswer,
  DatabaseName,
  DatabaseSearch,
  FingerState,
  InterruptionReason,
} from '../../../electron/contract/checks.ts';
import type { RefusalCode } from '../../../electron/contract/errors.ts';
import type { GroundsAssessment } from '../../../electron/contract/grounds.ts';
import type { Role, SessionView } from '../../../electron/contract/session.ts';
import { refusalOfAnswer } from '../../../electron/domain/grounds/refusal-of-answer.ts';
import { stationContract } from '../../../electron/contract/station-contract.ts';
import type { StationStatus } from '../../../electron/contract/station.ts';
import { Changing } from './changing.ts';
import {
  EXAMPLE_COUNTS,
  EXAMPLE_DATABASES,
  EXAMPLE_PACK,
  EXAMPLE_PUSH,
  EXAMPLE_UPSTREAM,
  EXAMPLE_USERS,
} from './example-administration.ts';
import {
  answered,
  CAPTURED,
  captureView,
  closedView,
  EXAMPLE_NOW,
  exampleStatus,
  groundsView,
  interruptedView,
  noMatch,
  resultsView,
  wordsView,
} from './example-views.ts';
import { FakeGalleries } from './fake-galleries.ts';
import { exampleSettingsView, fakeOversight } from './fake-oversight.ts';
import { FakeScanners } from './fake-scanners.ts';

/** The password of every user of the fake station. */
export const FAKE_PASSWORD = 'plain blue umbrella';

/** One page that is connected. */
export interface FakeConnection {
  session: SessionView | null;
}

/** What happened, as the test asks it: the name of each procedure that was called, with its input. */
export interface Call {
  readonly name: string;
  readonly input: unknown;
}

const NAMES: Readonly<Record<Role, string>> = {
  officer: 'PC Sam Archer',
  sergeant: 'PS Priya Nair',
  administrator: 'Alex Reed',
  auditor: 'Morgan Ellis',
};

/**
 * A station in memory that keeps the contract and nothing else: a test sets any view that a page has to show, and makes
 * any call refuse. It has no rules of its own beyond the order of the stages; the real station's are tested with it.
 */
export class FakeStation {
  readonly status: Changing<StationStatus>;
  readonly check = new Changing<CheckView | null>(null);
  readonly calls: Call[] = [];
  readonly scanners = new FakeScanners();
  /** Settings that the force has fixed. */
  fixedByPolicy: readonly string[] = ['forceName', 'forceCode'];
  /** The next call of each of these procedures is refused with its code. */
  readonly refusals = new Map<string, RefusalCode>();
  /** What the grounds will be found to be. */
  assessment: GroundsAssessment = { kind: 'sufficient', ground: '6B(a)' };
  /** What a capture will end in. */
  captured: FingerState = CAPTURED;
  /** What its administrator sees of the galleries. */
  readonly galleries = new FakeGalleries();
  answers: { police: DatabaseAnswer; immigration: DatabaseAnswer } = { police: noMatch(), immigration: noMatch() };
  /** User names whose password is a first one. */
  readonly newcomers = new Set<string>();
  readonly router;

  constructor(status: StationStatus = exampleStatus()) {
    this.status = new Changing(status);
    this.router = this.#implement();
  }

  /** A connection with nobody signed in. */
  connect(): FakeConnection {
    return { session: null };
  }

  /** The session that a user of a role has after signing in. */
  sessionFor(role: Role): SessionView {
    const userName = role === 'administrator' ? 'admin' : role;
    return {
      userId: '8d5e957f-2c1b-4f0a-9a6e-0d2f6a1c3b55',
      userName,
      displayName: NAMES[role],
      role,
      mustChangePassword: this.newcomers.has(userName),
      isLocked: false,
      signedInAt: EXAMPLE_NOW,
    };
  }

  #implement() {
    const os = implement(stationContract)
      .$context<{ connection: FakeConnection }>()
      .use(({ path, next, errors }, input) => {
        const name = path.join('.');
        this.calls.push({ name, input });
        const code = this.refusals.get(name);
        this.refusals.delete(name);
        if (code !== undefined) throw errors.REFUSED({ data: { code } });
        return next();
      });
    const present = (): CheckView => {
      if (this.check.present === null) throw new Error('the fake station has no check');
      return this.check.present;
    };
    const becomes = (view: CheckView): CheckView => {
      this.check.set(view);
      return view;
    };
    const session = (connection: FakeConnection, changes: Partial<SessionView> = {}): SessionView => {
      if (connection.session === null) throw new Error('nobody is signed in to the fake station');
      connection.session = { ...connection.session, ...changes };
      return connection.session;
    };
    const interrupt = (why: InterruptionReason): void => {
      const { present: view } = check;
      if (view === null || view.stage === 'closed' || view.stage === 'interrupted') return;
      resumed = view.stage === 'searching' || view.stage === 'capture' ? captureView() : view;
      const goesOnAt = view.stage === 'searching' ? 'capture' : view.stage;
      becomes(interruptedView(why, goesOnAt));
    };
    let resumed: CheckView = groundsView();
    const { status, check } = this;

    return os.router({
      station: {
        status: os.station.status.handler(() => status.present),
        watch: os.station.watch.handler(({ signal }) => status.follow(signal)),
      },
      session: {
        current: os.session.current.handler(({ context }) => context.connection.session),
        signIn: os.session.signIn.handler(({ context, input, errors }) => {
          const role = roleOf(input.userName);
          if (role === null || input.password !== FAKE_PASSWORD) {
            throw errors.REFUSED({ data: { code: 'session.wrong-credentials' } });
          }
          context.connection.session = this.sessionFor(role);
          return context.connection.session;
        }),
        signOut: os.session.signOut.handler(({ context }) => {
          context.connection.session = null;
          interrupt('signed-out');
          return null;
        }),
        lock: os.session.lock.handler(({ context }) => {
          interrupt('locked');
          return session(context.connection, { isLocked: true });
        }),
        unlock: os.session.unlock.handler(({ context, input, errors }) => {
          if (input.password !== FAKE_PASSWORD) throw errors.REFUSED({ data: { code: 'session.wrong-credentials' } });
          return session(context.connection, { isLocked: false });
        }),
        changePassword: os.session.changePassword.handler(({ context }) =>
          session(context.connection, { mustChangePassword: false }),
        ),
      },
      checks: {
        begin: os.checks.begin.handler(() => becomes(groundsView())),
        current: os.checks.current.handler(() => (check.present?.stage === 'closed' ? null : check.present)),
        watch: os.checks.watch.handler(async function* ({ signal }) {
          for await (const view of check.follow(signal)) {
            if (view !== null) yield view;
            if (view === null || view.stage === 'closed') return;
          }
        }),
        resume: os.checks.resume.handler(() => becomes(resumed)),
        keepDraft: os.checks.keepDraft.handler(({ input }) => {
          const view = present();
          if (view.stage !== 'grounds') return view;
          const { answered: question, draft } = input;
          return becomes(groundsView(question === null ? view.assessment : refusalOfAnswer(draft, question), draft));
        }),
        recordGrounds: os.checks.recordGrounds.handler(() =>
          becomes(this.assessment.kind === 'sufficient' ? wordsView() : groundsView(this.assessment)),
        ),
        confirmSpoken: os.checks.confirmSpoken.handler(({ input }) => {
          const view = present();
          if (view.stage !== 'words') return view;
          const words = view.words.map((spoken) =>
            spoken.word === input.word ? { ...spoken, spokenAt: EXAMPLE_NOW } : spoken,
          );
          return becomes({ ...view, words });
        }),
        proceedToCapture: os.checks.proceedToCapture.handler(() => becomes(captureView())),
        capture: os.checks.capture.handler(({ input }) => {
          const view = present();
          if (view.stage !== 'capture') return view;
          const fingers = view.fingers.map((finger) =>
            finger.slot === input.slot
              ? { ...finger, position: input.position, attempts: finger.attempts + 1, state: this.captured }
              : finger,
          );
          return becomes(withFingers(view, fingers));
        }),
        cancelCapture: os.checks.cancelCapture.handler(() => becomes(captureView())),
        markFinger: os.checks.markFinger.handler(({ input }) => {
          const view = present();
          if (view.stage !== 'capture') return view;
          const state: FingerState = { kind: input.condition };
          return becomes(
            withFingers(
              view,
              view.fingers.map((finger) => (finger.slot === input.slot ? { ...finger, state } : finger)),
            ),
          );
        }),
        search: os.checks.search.handler(() => becomes(resultsView(this.answers.police, this.answers.immigration))),
        keepWaiting: os.checks.keepWaiting.handler(({ input }) => becomes(decided(present(), input.database, 'wait'))),
        tryAgain: os.checks.tryAgain.handler(({ input }) => becomes(decided(present(), input.database, 'again'))),
        goOnWithout: os.checks.goOnWithout.handler(({ input }) =>
          becomes(decided(present(), input.database, 'without')),
        ),
        viewResults: os.checks.viewResults.handler(() => present()),
        stateEthnicity: os.checks.stateEthnicity.handler(() => present()),
        close: os.checks.close.handler(() => becomes(closedView('answered'))),
        noteSlip: os.checks.noteSlip.handler(() => present()),
        end: os.checks.end.handler(({ input }) => becomes(closedView(input.why))),
      },
      scanners: this.scanners.implement(os),
      administration: {
        settings: os.administration.settings.handler(() => exampleSettingsView(undefined, this.fixedByPolicy)),
        changeSettings: os.administration.changeSettings.handler(({ input }) =>
          exampleSettingsView(input, this.fixedByPolicy),
        ),
        upstream: os.administration.upstream.handler(() => EXAMPLE_UPSTREAM),
        changeUpstream: os.administration.changeUpstream.handler(({ input }) => ({
          ...EXAMPLE_UPSTREAM,
          upstream: input,
        })),
        pushNow: os.administration.pushNow.handler(() => EXAMPLE_UPSTREAM),
        users: os.administration.users.handler(() => [...EXAMPLE_USERS]),
        createUser: os.administration.createUser.handler(({ input }) => ({
          user: {
            ...input,
            userId: '3d1b7f8a-8c1c-4d3e-9b7a-1f2e3d4c5b6a',
            isDisabled: false,
            mustChangePassword: true,
          },
          firstPassword: 'river-lantern-copper',
        })),
        resetPassword: os.administration.resetPassword.handler(({ input, errors }) => {
          const user = EXAMPLE_USERS.find(({ userId }) => userId === input.userId);
          if (user === undefined) throw errors.REFUSED({ data: { code: 'user.not-found' } });
          return { user: { ...user, mustChangePassword: true }, firstPassword: 'meadow-signal-quartz' };
        }),
        setUserDisabled: os.administration.setUserDisabled.handler(({ input }) =>
          EXAMPLE_USERS.map((user) =>
            user.userId === input.userId ? { ...user, isDisabled: input.isDisabled } : user,
          ),
        ),
      },
      databases: {
        view: os.databases.view.handler(() => EXAMPLE_DATABASES),
        change: os.databases.change.handler(({ input }) => ({ ...EXAMPLE_DATABASES, settings: input })),
        test: os.databases.test.handler(() => EXAMPLE_DATABASES),
      },
      counts: {
        byMonth: os.counts.byMonth.handler(() => ({ threshold: 5, rows: [...EXAMPLE_COUNTS] })),
        pushStatus: os.counts.pushStatus.handler(() => EXAMPLE_PUSH),
        pushNow: os.counts.pushNow.handler(() => EXAMPLE_PUSH),
        makePack: os.counts.makePack.handler(() => EXAMPLE_PACK),
      },
      ...fakeOversight(os),
      galleries: this.galleries.handlers(os),
    });
  }
}

/** The searches after the officer decided about one of them; once both have ended, the results. */
function decided(view: CheckView, database: DatabaseName, decision: 'wait' | 'again' | 'without'): CheckView {
  if (view.stage !== 'searching') return view;
  const search = view.databases[database];
  if (search.state !== 'outstanding') return view;
  const next: Readonly<Record<typeof decision, DatabaseSearch>> = {
    wait: { ...search, isWaiting: true },
    again: { state: 'sent' },
    without: answered({ kind: 'timed-out', afterMs: 60_000 }, 'given-up'),
  };
  const databases = { ...view.databases, [database]: next[decision] };
  const { immigration, police } = databases;
  if (police.state !== 'answered' || immigration.state !== 'answered') return { ...view, databases };
  return resultsView(police.answer, immigration.answer, { police: police.came, immigration: immigration.came });
}

type CaptureView = Extract<CheckView, { stage: 'capture' }>;

function withFingers(view: CaptureView, fingers: readonly CaptureView['fingers'][number][]): CheckView {
  const [first, second] = fingers;
  if (first === undefined || second === undefined) return view;
  const { canSearch } = captureView(first.state, second.state) as CaptureView;
  return { ...view, fingers: [first, second], canSearch };
}

function roleOf(userName: string): Role | null {
  const roles: Readonly<Record<string, Role>> = {
    officer: 'officer',
    sergeant: 'sergeant',
    admin: 'administrator',
    auditor: 'auditor',
  };
  return roles[userName] ?? null;
}
