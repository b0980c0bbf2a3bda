import { hash } from 'node:crypto';
import { z } from 'zod';
import { identifier, moment } from '../contract/limits.ts';
import type { AuditRow } from '../storage/audit-store.ts';
import { canonicalJson, isCanonical } from './canonical-json.ts';
import type { EventCode } from './event-codes.ts';
import { checkReference, EVENT_DETAILS } from './event-schemas.ts';
import type { AuditEvent } from './event-schemas.ts';

/** What the first event names as the hash before it: there is none. */
export const BEFORE_THE_FIRST = '0'.repeat(64);

/** An event in its place: numbered, dated, and bound to the one before it by that one's SHA-256. */
export type ChainedEvent = AuditEvent & {
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The SHA-256 of the previous event's text, hexadecimal. */
  readonly previous: string;
};

/** Why one row of the log does not fit. */
export type RowFault = 'sequence' | 'hash' | 'previous' | 'not-canonical' | 'unknown-event';

const envelope = z.strictObject({
  sequence: z.number().int().min(1),
  at: moment,
  previous: z.string().length(64),
  code: z.string(),
  actor: identifier.nullable(),
  reference: checkReference.nullable(),
  details: z.unknown(),
});

function isEventCode(code: string): code is EventCode {
  return Object.hasOwn(EVENT_DETAILS, code);
}

/** True when the event is in the closed list and says no more than its schema lets it say. */
export function isLawfulEvent(event: EventClaim): boolean {
  const { actor, reference } = envelope.shape;
  return (
    isEventCode(event.code) &&
    actor.safeParse(event.actor).success &&
    reference.safeParse(event.reference).success &&
    EVENT_DETAILS[event.code].safeParse(event.details).success
  );
}

interface EventClaim {
  readonly code: string;
  readonly actor: unknown;
  readonly reference: unknown;
  readonly details: unknown;
}

/** Spells the event and hashes it: the row as it is stored. */
export function chainEvent(event: ChainedEvent): AuditRow {
  const { sequence, at, previous, code, actor, reference, details } = event;
  const text = canonicalJson({ sequence, at, previous, code, actor, reference, details });
  return { sequence, event: text, hash: Buffer.from(sha256Of(text), 'hex') };
}

/** The SHA-256 of a text in UTF-8, hexadecimal. */
export function sha256Of(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * Reads one row against the number and the hash that it must follow.
 * @returns the event, or why the row does not fit
 */
export function readRow(
  row: AuditRow,
  expectedSequence: number,
  expectedPrevious: string,
): { readonly event: ChainedEvent; readonly hash: string } | { readonly fault: RowFault } {
  if (row.sequence !== expectedSequence) return { fault: 'sequence' };
  const computed = sha256Of(row.event);
  if (computed !== row.hash.toString('hex')) return { fault: 'hash' };
  const parsed = parseEvent(row.event);
  if (parsed === null) return { fault: 'unknown-event' };
  if (parsed.sequence !== row.sequence) return { fault: 'sequence' };
  if (parsed.previous !== expectedPrevious) return { fault: 'previous' };
  if (!isCanonical(row.event, parsed)) return { fault: 'not-canonical' };
  return { event: parsed, hash: computed };
}

/** Parses the text of one event; null when it is not an event of the closed list. */
export function parseEvent(text: string): ChainedEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isChainedEvent(value) ? value : null;
}

/** True for an event of the closed list in its place; the schemas check and change nothing. */
function isChainedEvent(value: unknown): value is ChainedEvent {
  const parsed = envelope.safeParse(value);
  if (!parsed.success || !isEventCode(parsed.data.code)) return false;
  return EVENT_DETAILS[parsed.data.code].safeParse(parsed.data.details).success;
}
