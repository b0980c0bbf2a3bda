import { z } from 'zod';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuditEvent } from '../../audit/event-schemas.ts';
import { groundsRecord, type GroundsAssessment, type GroundsRecord } from '../../contract/grounds.ts';
import { freeText } from '../../contract/limits.ts';
import type { AnswerKind, CheckEnding, DatabaseName } from '../../contract/checks.ts';
import type { StatedEthnicity } from '../../domain/counts/stated-ethnicity.ts';
import type { Tally } from '../../counts/tally.ts';
import type { CheckStore } from '../../storage/check-store.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { PersonalText } from '../../storage/personal-text.ts';
import type { Officer } from '../officer.ts';
import { Refusal } from '../refusal.ts';

type Noted<Event> = Event extends AuditEvent ? Pick<Event, 'code' | 'details'> : never;
/** What is noted in the audit log of a check; who and which check are added here. */
export type CheckNote = Noted<AuditEvent>;

/** Whose check it is, and its reference: what each note carries. */
export interface CheckOwner {
  readonly reference: string;
  readonly officerId: string;
}

export interface EndedCheck {
  readonly checkId: string;
  readonly owner: CheckOwner;
  readonly ending: CheckEnding;
  readonly endedAtMs: number;
  readonly ground: Extract<GroundsAssessment, { kind: 'sufficient' }>['ground'] | null;
  /** What both databases said, or null when the check ended before. */
  readonly answers: Readonly<Record<DatabaseName, AnswerKind>> | null;
  readonly msFromLiftToAnswers: number | null;
  /** True when prints were tried and none could be taken. */
  readonly werePrintsUnusable: boolean;
  /** Counted and kept nowhere else; empty unless the force records it. */
  readonly ethnicity: StatedEthnicity;
}

/** What is kept of a check: its row, its personal text encrypted, its audit events, its count. */
export interface CheckRecords {
  /** Makes the row; the answer is the reference that the station gave. */
  open(check: { readonly checkId: string; readonly officer: Officer; readonly openedAtMs: number }): Promise<string>;
  saveGrounds(checkId: string, record: GroundsRecord): Promise<void>;
  /** The grounds as they stand in the database now, or null. */
  grounds(checkId: string): Promise<GroundsRecord | null>;
  /** Keeps why captures below the threshold were accepted. */
  saveAcceptance(checkId: string, whyBelowThreshold: string): Promise<void>;
  saveAnswers(checkId: string, answers: Readonly<Record<DatabaseName, AnswerKind>>): Promise<void>;
  /** Row, audit event, count and outbox in one transaction. */
  end(ended: EndedCheck): Promise<void>;
  note(owner: CheckOwner, note: CheckNote): Promise<void>;
}

export interface CheckRecordsOptions {
  readonly database: StationDatabase;
  readonly checks: CheckStore;
  readonly audit: AuditLog;
  readonly tally: Tally;
  readonly personalText: PersonalText;
}

const personal = z.strictObject({ grounds: groundsRecord, whyBelowThreshold: freeText.nullable() });

/** Makes the records of one station. */
export function createCheckRecords(options: CheckRecordsOptions): CheckRecords {
  const { database, checks, audit, tally, personalText } = options;

  async function readPersonal(checkId: string): Promise<z.infer<typeof personal> | null> {
    const row = await checks.byId(checkId);
    if (row === null || row.groundsText === null) return null;
    return personal.parse(JSON.parse(personalText.open(row.groundsText, checkId)));
  }

  async function writePersonal(checkId: string, text: z.infer<typeof personal>): Promise<void> {
    await checks.update(checkId, { groundsText: personalText.seal(JSON.stringify(text), checkId) });
  }

  async function note(owner: CheckOwner, event: CheckNote): Promise<void> {
    await audit.append({ ...event, actor: owner.officerId, reference: owner.reference });
  }

  return {
    open: ({ checkId, officer, openedAtMs }) =>
      database.transaction(async () => {
        const openedAt = new Date(openedAtMs).toISOString();
        const { reference } = await checks.open({ id: checkId, officerId: officer.userId, openedAt });
        await note({ reference, officerId: officer.userId }, { code: 'check-opened', details: {} });
        return reference;
      }),
    saveGrounds: (checkId, record) => writePersonal(checkId, { grounds: record, whyBelowThreshold: null }),
    grounds: async (checkId) => (await readPersonal(checkId))?.grounds ?? null,
    async saveAcceptance(checkId, whyBelowThreshold) {
      const text = await readPersonal(checkId);
      if (text === null) throw new Refusal('grounds.incomplete');
      await writePersonal(checkId, { ...text, whyBelowThreshold });
    },
    async saveAnswers(checkId, answers) {
      await checks.update(checkId, {
        state: 'results',
        policeAnswer: answers.police,
        immigrationAnswer: answers.immigration,
      });
    },
    end: (ended) =>
      database.transaction(async () => {
        await checks.update(ended.checkId, {
          state: 'closed',
          endedAt: new Date(ended.endedAtMs).toISOString(),
          wayOut: ended.ending,
          policeAnswer: ended.answers?.police ?? null,
          immigrationAnswer: ended.answers?.immigration ?? null,
        });
        await note(ended.owner, { code: 'check-ended', details: { ending: ended.ending } });
        // A check that never had grounds was no use of the power: it is in the log, not in the counts.
        if (ended.ground === null) return;
        await tally.recordEndedCheck({
          checkId: ended.checkId,
          reference: ended.owner.reference,
          endedAtMs: ended.endedAtMs,
          ground: ended.ground,
          ending: ended.ending,
          answers: ended.answers,
          werePrintsUnusable: ended.werePrintsUnusable,
          msToAnswers: ended.msFromLiftToAnswers,
          ethnicity: ended.ethnicity,
        });
      }),
    note,
  };
}
