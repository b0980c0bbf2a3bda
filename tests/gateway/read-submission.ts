import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { fieldItems, fieldText } from '../../native-bridge/interchange/ansi-nist/field-text.ts';
import { decodeRecordImage, imageOfRecord } from '../../native-bridge/interchange/ansi-nist/image-record.ts';
import { readTransaction } from '../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import type {
  TaggedRecord,
  Transaction,
  TransactionRecord,
} from '../../native-bridge/interchange/ansi-nist/transaction.ts';
import { InterchangeFault } from '../../native-bridge/interchange/interchange-fault.ts';

/** A finger of a submission: decoded, or why there is none. */
export type SubmittedFinger =
  | { readonly kind: 'image'; readonly position: number; readonly image: GreyImage; readonly coding: string }
  | { readonly kind: 'missing' | 'bandaged'; readonly position: number };

/** What a station handed in, as its file says it. */
export interface Submission {
  readonly transaction: string;
  readonly check: string;
  readonly station: string;
  readonly database: string;
  readonly fingers: readonly SubmittedFinger[];
}

/** The file is not what docs/gateway.md asks for; the message says where. */
export class SubmissionRefused extends Error {}

/** Fields of each type that the profile has; any other, a name above all, is refused. */
const TYPE_2_FIELDS = [2, 3, 4, 5, 6];
const TYPE_14_FIELDS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 18, 24, 999];
const POWER = 'PACE-1984-S61-6A';

function must(holds: boolean, where: string): void {
  if (!holds) throw new SubmissionRefused(where);
}

function tagged(record: TransactionRecord | undefined, type: number, fields: readonly number[]): TaggedRecord {
  if (record?.kind !== 'tagged' || record.type !== type) throw new SubmissionRefused(`a record of type ${type}`);
  const stranger = record.fields.find(({ number }) => !fields.includes(number));
  must(stranger === undefined, `field ${type}.${stranger?.number ?? 0}`);
  return record;
}

function text(record: TaggedRecord, field: number): string {
  return fieldText(record, field) ?? '';
}

function fingerOf(record: TransactionRecord, transaction: Transaction): SubmittedFinger {
  const one = tagged(record, 14, TYPE_14_FIELDS);
  const position = Number(text(one, 13));
  must(Number.isInteger(position) && position >= 1 && position <= 10, '14.013');
  must(text(one, 3) === '0', '14.003');
  const amputation = one.fields.find(({ number }) => number === 18);
  const found = imageOfRecord(one, transaction);
  if (found === null) {
    const [stated, code] = amputation === undefined ? [] : (fieldItems(amputation)[0] ?? []);
    must(Number(stated) === position && (code === 'XX' || code === 'UP'), '14.018');
    return { kind: code === 'XX' ? 'missing' : 'bandaged', position };
  }
  must(amputation === undefined, '14.018');
  must(found.coding === 'WSQ20' || found.coding === 'NONE', '14.011');
  must(found.resolutionPpi >= 495 && found.resolutionPpi <= 505, '14.009');
  const [quality] = fieldItems(
    one.fields.find(({ number }) => number === 24) ?? { number: 24, value: new Uint8Array() },
  );
  must(Number(quality?.[0]) === position && Number(quality?.[1]) <= 100, '14.024');
  return { kind: 'image', position, image: decodeRecordImage(found), coding: found.coding };
}

/**
 * Reads a file as strictly as the profile is written: types 1, 2, 14 and perhaps a second 14, no other field than those of
 * the profile, every length exact. The caller owns, and zeroes, the pixels.
 * @throws SubmissionRefused, and InterchangeFault where the file is no ANSI/NIST file or a picture is damaged
 */
export function readSubmission(file: Uint8Array): Submission {
  const transaction = readTransaction(file);
  const [head, second, ...pictures] = transaction.records;
  const first = tagged(head, 1, [2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14]);
  const describing = tagged(second, 2, TYPE_2_FIELDS);
  must(text(first, 4) === 'RWIDS', '1.004');
  must(text(first, 13) === 'RIDGEWAY', '1.013');
  must(pictures.length >= 1 && pictures.length <= 2, 'the number of records of type 14');
  must(text(describing, 5) === POWER, '2.005');
  must(text(describing, 3) === text(first, 10), '2.003');
  must(text(describing, 4) === text(first, 8), '2.004');
  must(text(describing, 6).toUpperCase() === text(first, 7), '2.006');
  const fingers: SubmittedFinger[] = [];
  try {
    for (const picture of pictures) fingers.push(fingerOf(picture, transaction));
    must(new Set(fingers.map(({ position }) => position)).size === fingers.length, '14.013');
    must(
      fingers.some(({ kind }) => kind === 'image'),
      'a picture',
    );
  } catch (error) {
    clear(fingers);
    throw error;
  }
  const [check, station, database] = [text(describing, 3), text(describing, 4), text(describing, 6)];
  return { transaction: text(first, 9), check, station, database, fingers };
}

/** Zeroes the pixels. */
export function clear(fingers: readonly SubmittedFinger[]): void {
  for (const finger of fingers) if (finger.kind === 'image') finger.image.pixels.fill(0);
}

/** True for what a file can be at fault for. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof SubmissionRefused || error instanceof InterchangeFault;
}
