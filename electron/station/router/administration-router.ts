import type { SettingOrigin, TestCaptureEvent, UserRow } from '../../contract/administration.ts';
import type { ProbeCustody } from '../../custody/probe-custody.ts';
import { follow } from '../follow.ts';
import type { PushDesk } from '../desks/push-desk.ts';
import type { ScannerDesk } from '../scanners/scanner-desk.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import { runTestCapture } from '../scanners/test-capture.ts';
import type { UserDesk } from '../desks/user-desk.ts';
import { Refusal } from '../refusal.ts';
import { type Gate, sessionOf } from './gate.ts';

export interface AdministrationDesks {
  readonly scanners: ScannerDesk;
  readonly settings: SettingsDesk;
  readonly push: PushDesk;
  readonly users: UserDesk;
  readonly custody: ProbeCustody;
  readonly originsOf: (names: readonly string[]) => Promise<SettingOrigin[]>;
  readonly noteTestCapture: (actor: string, outcome: 'done' | 'failed') => Promise<void>;
  readonly log: { fault(code: string, cause: unknown): void };
}

function isOver(event: TestCaptureEvent): boolean {
  return event.kind === 'done' || event.kind === 'failed';
}

/** The administrator's pages. Nothing here reaches a check, its grounds or its results. */
export function administrationRouter(gate: Gate, desks: AdministrationDesks) {
  const { administration } = gate;
  const settingsView = async () => {
    const settings = desks.settings.settings();
    const origins = await desks.originsOf(Object.keys(settings));
    return { settings, fixedByPolicy: [...desks.settings.fixedByPolicy], origins };
  };
  const users = async (): Promise<UserRow[]> => desks.users.all();
  return {
    scanners: administration.scanners.handler(() => desks.scanners.rows()),
    chooseScanner: administration.chooseScanner.handler(async ({ context, input }) => {
      const row = (await desks.scanners.rows()).find(({ path }) => path === input.path);
      if (row === undefined) throw new Refusal('scanner.not-found');
      if (row.refusal !== null) throw new Refusal('scanner.not-chosen');
      await desks.settings.chooseScanner(sessionOf(context).userId, row);
      return desks.scanners.rows();
    }),
    testCapture: administration.testCapture.handler(({ context, signal }) => {
      const actor = sessionOf(context).userId;
      const given = signal ?? new AbortController().signal;
      return follow<TestCaptureEvent>({
        first: { kind: 'waiting-for-finger' },
        subscribe(listener) {
          const leave = new AbortController();
          void runTestCapture({
            custody: desks.custody,
            scanners: desks.scanners,
            signal: AbortSignal.any([given, leave.signal]),
            onEvent: listener,
          })
            .catch((fault: unknown): TestCaptureEvent => {
              desks.log.fault('test-capture', fault);
              return { kind: 'failed', code: 'station.fault' };
            })
            .then(async (last) => {
              await desks.noteTestCapture(actor, last.kind === 'done' ? 'done' : 'failed');
              listener(last);
            });
          return () => leave.abort();
        },
        isLast: isOver,
        signal,
      });
    }),
    settings: administration.settings.handler(settingsView),
    changeSettings: administration.changeSettings.handler(async ({ context, input }) => {
      await desks.settings.change(sessionOf(context).userId, input);
      return settingsView();
    }),
    upstream: administration.upstream.handler(() => desks.push.view()),
    changeUpstream: administration.changeUpstream.handler(async ({ context, input }) => {
      await desks.settings.changeUpstream(sessionOf(context).userId, input);
      return desks.push.view();
    }),
    pushNow: administration.pushNow.handler(async () => {
      await desks.push.pushNow();
      return desks.push.view();
    }),
    users: administration.users.handler(users),
    createUser: administration.createUser.handler(({ context, input }) =>
      desks.users.create(sessionOf(context).userId, input),
    ),
    resetPassword: administration.resetPassword.handler(({ context, input }) =>
      desks.users.resetPassword(sessionOf(context).userId, input.userId),
    ),
    setUserDisabled: administration.setUserDisabled.handler(async ({ context, input }) => {
      await desks.users.setDisabled(sessionOf(context).userId, input.userId, input.isDisabled);
      return users();
    }),
  };
}
