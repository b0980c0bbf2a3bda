import { z } from 'zod';
import { canonicalJson } from '../audit/canonical-json.ts';
import { sha256Of } from '../audit/chain.ts';
import { inconsistencyOf } from '../domain/counts/consistency.ts';
import { CELL_NAMES } from '../domain/counts/count-cell.ts';
import { CountsFault } from './counts-fault.ts';

/** The name of the format; a change that a collector must know of gets a new number. */
export const DOCUMENT_FORMAT = 'ridgeway-counts/1';

/** Most checks that one station can have in a month: one a minute for 31 days, rounded up. */
const MOST_IN_A_MONTH = 50_000;

/** A code of a force or of a station, such as `metropolitan` or `charing-cross-1`. */
export const placeCode = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+){0,5}$/)
  .max(40);
const hexHash = z.string().regex(/^[0-9a-f]{64}$/);

const cells = z
  .partialRecord(z.enum(CELL_NAMES), z.number().int().min(1).max(MOST_IN_A_MONTH))
  .superRefine((counts, context) => {
    const inconsistency = inconsistencyOf(counts);
    if (inconsistency !== null) context.addIssue({ code: 'custom', message: `the ${inconsistency} do not add up` });
  });

/**
 * One station's counts of one closed month. The schema is closed: no free text, no identifier finer than the station, no
 * time finer than the month; an extra key is an error on both sides.
 */
export const countDocument = z.strictObject({
  format: z.literal(DOCUMENT_FORMAT),
  force: placeCode,
  station: placeCode,
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  /** 1, and one more for each correction. A higher one replaces the lower ones. */
  revision: z.number().int().min(1).max(10_000),
  /** Cells that are not zero. */
  cells,
  /** Heads of the station's audit log, by which a cut tail shows later. */
  auditAnchors: z.array(z.strictObject({ sequence: z.number().int().min(1), hash: hexHash })).max(50),
});
export type CountDocument = z.infer<typeof countDocument>;

/** A document with the station's signature over its canonical JSON. */
export const signedDocument = z.strictObject({
  document: countDocument,
  /** The first 16 bytes of the SHA-256 of the station's public key (SPKI), hexadecimal. */
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  /** Ed25519, 64 bytes, hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type SignedDocument = z.infer<typeof signedDocument>;

/** What a collector answers when it has the document: its hash, so that a proxy's own page is not taken for a receipt. */
export const deliveryReceipt = z.strictObject({ received: hexHash });
/** What a collector answers when that revision came before with other content. */
export const revisionTaken = z.strictObject({ taken: z.number().int().min(1).max(10_000) });

/** The bytes that are signed and hashed. */
export function documentText(document: CountDocument): string {
  return canonicalJson({ ...document, cells: { ...document.cells }, auditAnchors: document.auditAnchors });
}

/** The SHA-256 of the document, hexadecimal: its idempotency key. */
export function documentHash(document: CountDocument): string {
  return sha256Of(documentText(document));
}

/** Checks a document before it is signed. @throws CountsFault `counts.document-invalid` */
export function requireDocument(value: unknown): CountDocument {
  const parsed = countDocument.safeParse(value);
  if (!parsed.success) throw new CountsFault('counts.document-invalid', { issues: parsed.error.issues.length });
  return parsed.data;
}
