import type { AuditLog } from '../../audit/audit-log.ts';
import type { SettingOrigin } from '../../contract/administration.ts';
import type { UserStore } from '../../storage/user-store.ts';

/** How many changes of settings are looked at, newest first. */
const MAXIMUM_CHANGES = 500;

/**
 * Who set each of the named settings: the machine policy; else whoever changed it last, as the audit log says; else
 * nobody, and it is what the station came with.
 */
export async function settingOrigins(
  names: readonly string[],
  fixedByPolicy: readonly string[],
  audit: Pick<AuditLog, 'search'>,
  users: Pick<UserStore, 'all'>,
): Promise<SettingOrigin[]> {
  const changes = await audit.search({ code: 'settings-changed', limit: MAXIMUM_CHANGES });
  const userNames = new Map((await users.all()).map(({ id, userName }) => [id, userName]));
  return names.map((name): SettingOrigin => {
    if (fixedByPolicy.includes(name)) return { kind: 'policy', name };
    const last = changes.find((event) => event.code === 'settings-changed' && event.details.keys.includes(name));
    if (last === undefined || last.actor === null) return { kind: 'came-with-the-station', name };
    const userName = userNames.get(last.actor);
    return userName === undefined
      ? { kind: 'came-with-the-station', name }
      : { kind: 'administrator', name, userName, at: last.at };
  });
}
