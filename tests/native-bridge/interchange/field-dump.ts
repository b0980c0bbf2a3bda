import { createHash } from 'node:crypto';
import { fieldItems, tagOf } from '../../../native-bridge/interchange/ansi-nist/field-text.ts';
import { BINARY_FIELD } from '../../../native-bridge/interchange/ansi-nist/separators.ts';
import type { TransactionRecord } from '../../../native-bridge/interchange/ansi-nist/transaction.ts';
import { readRealText } from './real-files.ts';

/** What a field dump says: lines of `[field]=value` in order, and size and digest of each binary payload in order. */
export interface Dump {
  readonly lines: readonly string[];
  readonly payloads: readonly string[];
}

/** The field dump of a real record. */
export function readDump(name: string): Dump {
  const lines: string[] = [];
  const payloads: string[] = [];
  for (const line of readRealText(`an2/oracle/${name}.txt`).split('\n').map(withoutSeparator)) {
    const payload = /^# fld_\S+ (\d+) ([0-9a-f]{64})$/.exec(line);
    if (payload) payloads.push(`${payload[1]} ${payload[2]}`);
    else if (/^\d/.test(line)) lines.push(line.replace(/=fld_\d+_\d+\.tmp$/, '=(binary)'));
  }
  return { lines, payloads };
}

/** The dump ends every item with the unit separator, which is not part of it. */
function withoutSeparator(line: string): string {
  return line.endsWith('\u001f') ? line.slice(0, -1) : line;
}

function payloadOf(bytes: Uint8Array): string {
  return `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The same dump, made from what our reader says. */
export function dumpRecords(records: readonly TransactionRecord[]): Dump {
  const lines: string[] = [];
  const payloads: string[] = [];
  records.forEach((record, index) => {
    let field = 0;
    const add = (number: number, subfields: readonly (readonly (string | number)[])[]): void => {
      field += 1;
      subfields.forEach((items, s) =>
        items.forEach((item, i) =>
          lines.push(`${index + 1}.${field}.${s + 1}.${i + 1} [${tagOf(record.type, number)}]=${item}`),
        ),
      );
    };
    const addBinary = (number: number, bytes: Uint8Array): void => {
      add(number, [['(binary)']]);
      payloads.push(payloadOf(bytes));
    };
    add(1, [[record.source?.length ?? 0]]);
    if (record.kind === 'tagged') {
      for (const each of record.fields) {
        if (each.number === BINARY_FIELD) addBinary(each.number, each.value);
        else add(each.number, fieldItems(each));
      }
    } else if (record.kind === 'binary-image') {
      add(2, [[record.idc]]);
      add(3, [[record.impressionCode]]);
      add(4, [record.fingerPositions]);
      [record.resolutionCode, record.widthPx, record.heightPx, record.compressionCode].forEach((value, at) =>
        add(5 + at, [[value]]),
      );
      addBinary(9, record.image);
    } else if (record.kind === 'signature') {
      const { idc, signatureCode, representationCode, resolutionCode, widthPx, heightPx } = record;
      [idc, signatureCode, representationCode, resolutionCode, widthPx, heightPx].forEach((value, at) =>
        add(2 + at, [[value]]),
      );
      addBinary(8, record.image);
    }
  });
  return { lines, payloads };
}
