import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DEVICE_KIND,
  decodeDeviceMessage,
  encodeDeviceMessage,
} from '../../../native-bridge/scanner/device-messages.ts';
import { decodeHostMessage, encodeHostMessage } from '../../../native-bridge/scanner/host-messages.ts';
import { decodeReport, encodeReport } from '../../../native-bridge/scanner/report-codec.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/protocol.md'), 'utf8');
const block = /```conversation\n([^`]*)```/.exec(page)?.[1] ?? '';
const lines = block
  .trim()
  .split('\n')
  .map((line) => {
    const [, speaker = '', kind = '', hex = ''] = /^(host|device)\s+(\S+)\s+([0-9a-f ]+)$/.exec(line) ?? [];
    return { speaker, kind, bytes: Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')) };
  });

describe('the conversation in docs/protocol.md', () => {
  test('shows every step of a capture', () => {
    expect(lines.map(({ speaker, kind }) => `${speaker} ${kind}`)).toEqual([
      'host identify',
      'device identity',
      'device serial',
      'host start-preview',
      'device done',
      'host capture',
      'device image-begin',
      'host credit',
      'device image-data',
      'host retransmit',
      'device transfer-status',
      'host release',
      'host stop-preview',
    ]);
  });

  test.each(lines)('the bytes of "$speaker $kind" are read as that and written as that', ({ speaker, kind, bytes }) => {
    const decoded = decodeReport(32, bytes);
    if (decoded.kind !== 'report') throw new Error(decoded.kind);
    const { report } = decoded;
    if (report.kind === DEVICE_KIND.imageData) {
      expect([kind, report.transfer, report.sequence]).toEqual(['image-data', 1, 0]);
      expect(encodeReport(32, report)).toEqual(bytes);
      return;
    }
    const message = speaker === 'host' ? decodeHostMessage(report) : decodeDeviceMessage(report);
    if (message === null) throw new Error('not a message');
    expect(message.kind).toBe(kind);
    const { transfer, sequence } = report;
    const host = decodeHostMessage(report);
    const device = decodeDeviceMessage(report);
    if (host !== null) expect(encodeHostMessage(32, transfer, sequence, host)).toEqual(bytes);
    if (device !== null) expect(encodeDeviceMessage(32, transfer, sequence, device)).toEqual(bytes);
  });
});
