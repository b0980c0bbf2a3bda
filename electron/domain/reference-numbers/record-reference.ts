import type { DatabaseName, RecordReference } from '../../contract/checks.ts';
import { parseAsn, printAsn } from './asn.ts';
import { parseCroNumber, printCroNumber } from './cro-number.ts';
import { parsePncId, printPncId } from './pnc-id.ts';
import type { Parsed, ReferenceRefusal } from './reference-refusal.ts';

type Reading = { readonly kind: RecordReference['kind']; readonly parsed: Parsed<string> };

/**
 * What a database called a record, read as one of the numbers that police records have and printed in that number's one
 * form. A number whose check letter does not fit, or whose year is still to come, is never dropped: it stays as it was
 * received, and `fault` says what is wrong with it. A text of none of the forms, and every reference of the immigration
 * database, has no check letter that could be asked for.
 *
 * @param received as the database wrote it, at most 300 characters
 * @param currentYear the year in which two-digit years are read
 */
export function readRecordReference(database: DatabaseName, received: string, currentYear: number): RecordReference {
  const asReceived = (kind: RecordReference['kind'], fault: RecordReference['fault']): RecordReference => ({
    kind,
    printed: received,
    fault,
  });
  if (database === 'immigration') return asReceived('immigration-reference', null);
  const readings: readonly Reading[] = [
    { kind: 'pnc-id', parsed: printed(parsePncId(received, currentYear), printPncId) },
    { kind: 'cro-number', parsed: printed(parseCroNumber(received, currentYear), printCroNumber) },
    { kind: 'asn', parsed: printed(parseAsn(received, currentYear), printAsn) },
  ];
  // `12/34X` may be a short PNC identifier or a CRO number: the form whose check letter fits is the one that was meant.
  for (const { kind, parsed } of readings) {
    if (parsed.kind === 'parsed') return { kind, printed: parsed.reference, fault: null };
  }
  for (const { kind, parsed } of readings) {
    if (parsed.kind === 'refused' && isOfTheForm(parsed.reason)) return asReceived(kind, parsed.reason);
  }
  return asReceived('other', null);
}

function printed<Reference>(parsed: Parsed<Reference>, print: (reference: Reference) => string): Parsed<string> {
  return parsed.kind === 'parsed' ? { kind: 'parsed', reference: print(parsed.reference) } : parsed;
}

function isOfTheForm(reason: ReferenceRefusal): reason is Exclude<ReferenceRefusal, 'wrong-form'> {
  return reason !== 'wrong-form';
}
