import type { CheckEnding, CheckView, InterruptionReason } from '../../contract/checks.ts';
import type { OpenCheck } from '../../contract/supervision.ts';
import type { CheckServices } from './check-services.ts';
import { IdentityCheck } from './identity-check.ts';
import type { Officer } from '../officer.ts';
import type { Randomness } from '../platform.ts';
import { Refusal } from '../refusal.ts';

const MS_PER_MINUTE = 60_000;

/** The open checks of a station: at most one for each officer. */
export interface CheckDesk {
  /** @throws Refusal `check.already-open` */
  begin(officer: Officer): Promise<CheckView>;
  current(officer: Officer): CheckView | null;
  /** The officer's own check; nobody else's is found. @throws Refusal `check.not-found` */
  find(officer: Officer, checkId: string): IdentityCheck;
  endOf(officer: Officer, ending: CheckEnding): Promise<void>;
  /** The prints of the officer's open check go; the check waits for that officer until its time is spent. */
  interruptOf(officer: Officer, why: InterruptionReason): Promise<void>;
  /** How far each open check is, oldest first: what a sergeant sees. */
  openChecks(): readonly OpenCheck[];
  endAll(ending: CheckEnding): Promise<void>;
}

/** Makes the desk. A check whose time is spent ends by itself. */
export function createCheckDesk(services: CheckServices, randomness: Randomness): CheckDesk {
  const byOfficer = new Map<string, IdentityCheck>();
  const opening = new Set<string>();

  function openOf(officer: Officer): IdentityCheck | null {
    const check = byOfficer.get(officer.userId);
    return check === undefined || check.stage === 'closed' ? null : check;
  }

  return {
    async begin(officer) {
      if (openOf(officer) !== null || opening.has(officer.userId)) throw new Refusal('check.already-open');
      opening.add(officer.userId);
      try {
        const openedAtMs = services.clock.now();
        const expiresAtMs = openedAtMs + services.settings().checkTimeToLiveMinutes * MS_PER_MINUTE;
        const checkId = randomness.uuid();
        const reference = await services.checks.open({ checkId, officer, openedAtMs });
        const check = new IdentityCheck(
          { checkId, reference, officerId: officer.userId, officerName: officer.userName, openedAtMs, expiresAtMs },
          services,
        );
        byOfficer.set(officer.userId, check);
        const cancel = services.clock.after(expiresAtMs - openedAtMs, () => check.endUnattended('time-spent'));
        check.subscribe((view) => {
          if (view.stage === 'closed') cancel();
        });
        return check.view();
      } finally {
        opening.delete(officer.userId);
      }
    },
    current: (officer) => openOf(officer)?.view() ?? null,
    find(officer, checkId) {
      const check = byOfficer.get(officer.userId);
      if (check === undefined || check.opening.checkId !== checkId) throw new Refusal('check.not-found');
      return check;
    },
    async endOf(officer, ending) {
      await openOf(officer)?.end(ending);
    },
    async interruptOf(officer, why) {
      await openOf(officer)?.interrupt(why);
    },
    openChecks: () =>
      [...byOfficer.values()]
        .flatMap((check) => {
          const { stage, reference, openedAt, expiresAt } = check.view();
          const { officerName } = check.opening;
          return stage === 'closed' ? [] : [{ reference, officerName, stage, openedAt, expiresAt }];
        })
        .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt)),
    async endAll(ending) {
      const open = [...byOfficer.values()].filter((check) => check.stage !== 'closed');
      await Promise.all(open.map((check) => check.end(ending)));
    },
  };
}
