import type { SettingOrigin, UserRow } from '../../contract/administration.ts';
import type { PushDesk } from '../desks/push-desk.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import type { UserDesk } from '../desks/user-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

export interface AdministrationDesks {
  readonly settings: SettingsDesk;
  readonly push: PushDesk;
  readonly users: UserDesk;
  readonly originsOf: (names: readonly string[]) => Promise<SettingOrigin[]>;
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
