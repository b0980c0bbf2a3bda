import type { Page } from 'playwright';
import type { CheckView } from '../../../electron/contract/checks.ts';
import type { Role } from '../../../electron/contract/session.ts';

/** One page in one state: who sees it, what the station says, and what was done on it. */
export interface Scene {
  readonly name: string;
  readonly role: Role | null;
  readonly check?: CheckView;
  /** Path after the hash; without one the page follows the check's stage. */
  readonly path?: string;
  readonly act?: (page: Page) => Promise<void>;
  /** The next scene has to sign in again. */
  readonly endsHere?: true;
  /** Signs in again first, so that no earlier check is open. */
  readonly startsAnew?: true;
}
