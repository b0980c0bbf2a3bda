import type { Role } from '../../electron/contract/session.ts';

/** The first page is another one for each role, and has its own help for each. */
const BY_ROLE = 'home';

/** The help text of each page, `docs/help/NAME.md`, by the path of its route. A test fails when a route has none. */
const HELP_OF_PATHS: Readonly<Record<string, string>> = {
  '/': BY_ROLE,
  '/sign-in': 'sign-in',
  '/change-password': 'change-password',
  '/locked': 'locked',
  '/check/grounds/answers': 'grounds-answers',
  '/check/grounds/assessment': 'grounds-assessment',
  '/check/grounds/stop/:why': 'grounds-stop',
  '/check/grounds/:question': 'grounds',
  '/check/words': 'words',
  '/check/capture': 'capture',
  '/check/searching': 'searching',
  '/check/results': 'results',
  '/check/interrupted': 'interrupted',
  '/check/closed': 'closed',
  '/check/end/:why(declined|abandoned)': 'end',
  '/check/sign-out': 'sign-out',
  '/notice/:language?': 'notice',
  '/admin/scanners': 'scanners',
  '/admin/scanners/profiles': 'scanner-profiles',
  '/admin/scanners/thresholds': 'scanner-thresholds',
  '/admin/scanners/device/:part?': 'scanner-device',
  '/admin/databases': 'databases',
  '/admin/databases/galleries': 'galleries',
  '/admin/settings': 'settings',
  '/admin/upstream': 'upstream',
  '/admin/users': 'users',
  '/admin/health': 'health',
  '/admin/logs': 'logs',
  '/counts': 'counts',
  '/audit': 'audit',
  '/audit/export': 'export',
  '/audit/checks/:reference': 'check-story',
};

/** The name of the help text of a page, from the path of its route; empty when nobody has named one. */
export function helpNameOf(routePath: string, role: Role | null): string {
  const name = HELP_OF_PATHS[routePath] ?? '';
  return name === BY_ROLE ? `${BY_ROLE}-${role ?? 'officer'}` : name;
}
