import type { CheckView } from '../../contract/checks.ts';

/** What a check is opened with. */
export interface CheckOpening {
  readonly checkId: string;
  readonly reference: string;
  readonly officerId: string;
  readonly officerName: string;
  readonly openedAtMs: number;
  readonly expiresAtMs: number;
}

/** What every view of a check begins with. */
export function viewBase(opening: CheckOpening): Pick<CheckView, 'checkId' | 'reference' | 'openedAt' | 'expiresAt'> {
  const { checkId, reference, openedAtMs, expiresAtMs } = opening;
  const openedAt = new Date(openedAtMs).toISOString();
  return { checkId, reference, openedAt, expiresAt: new Date(expiresAtMs).toISOString() };
}
