import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../native-bridge/scanner/checksum.ts';
import {
  DEVICE_KIND,
  decodeDeviceMessage,
  encodeDeviceMessage,
} from '../../../native-bridge/scanner/device-messages.ts';
import { DeviceTransfer } from '../../../native-bridge/scanner/device-transfer.ts';
import { ImageTransfer } from '../../../native-bridge/scanner/image-transfer.ts';
import { PreviewAssembler } from '../../../native-bridge/scanner/preview-assembler.ts';
import { decodeReport, encodeReport, payloadBytesOf } from '../../../native-bridge/scanner/report-codec.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { captureOverSpoiledBus } from './spoiled-bus.ts';
import { below, spoil, SPOILINGS } from './spoiled-stream.ts';

const REPORT_BYTES = 64;

describe('fuzzed report streams', () => {
  test('10,000 spoiled streams never crash, never flood, and never pass a wrong image', () => {
    const random = seededRandom(20_261_122);
    const image = Uint8Array.from({ length: 64 * 64 }, () => below(random, 256));
    const pieceBytes = payloadBytesOf(REPORT_BYTES);
    const device = new DeviceTransfer(image, pieceBytes);
    const { pieces } = device;
    device.grant(pieces);
    const honest: Uint8Array[] = [];
    for (let next = device.next(); next !== undefined; next = device.next()) {
      const { piece: sequence, payload } = next;
      honest.push(encodeReport(REPORT_BYTES, { kind: DEVICE_KIND.imageData, transfer: 1, sequence, payload }));
      if (sequence % 20 === 0)
        honest.push(encodeDeviceMessage(REPORT_BYTES, 1, 0, { kind: 'transfer-status', ...device.status }));
    }
    honest.push(encodeDeviceMessage(REPORT_BYTES, 1, 0, { kind: 'transfer-status', ...device.status }));
    const wanted = crc32(image);
    let passed = 0;
    let wrongButCaught = 0;
    for (let stream = 0; stream < 10_000; stream += 1) {
      const into = new Uint8Array(image.length);
      const preview = new PreviewAssembler(16, 16, 56);
      let commands = 0;
      const transfer = new ImageTransfer(
        { pieces, pieceBytes, imageBytes: image.length },
        into,
        14,
        () => (commands += 1),
      );
      transfer.start();
      for (const bytes of spoil(honest, random)) {
        const decoded = decodeReport(REPORT_BYTES, bytes);
        if (decoded.kind !== 'report') continue;
        const { report } = decoded;
        const message = decodeDeviceMessage(report);
        if (report.kind === DEVICE_KIND.preview) preview.take(report);
        if (report.transfer !== 1) continue;
        if (report.kind === DEVICE_KIND.imageData) transfer.onPiece(report.sequence, report.payload);
        else if (message?.kind === 'transfer-status') transfer.onStatus(message, report.sequence);
        if (random() < 0.01) transfer.onIdle();
      }
      // Every report may bring a handful of commands, a status at most a request for each gap.
      expect(commands).toBeLessThan(2_000);
      if (!transfer.isWhole) continue;
      const isTheImage = Buffer.compare(into, image) === 0;
      expect(crc32(into) === wanted).toBe(isTheImage);
      if (isTheImage) passed += 1;
      else wrongButCaught += 1;
    }
    // The test would prove nothing if every stream were cut to pieces, or none were.
    expect(passed).toBeGreaterThan(100);
    expect(passed).toBeLessThan(9_000);
    expect(wrongButCaught).toBeGreaterThan(10);
  });

  test('the whole driver, fed through a spoiled bus, gives the image or an outcome with zeroes', async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 0; seed < 80; seed += 1) {
      const end = await captureOverSpoiledBus(seed);
      outcomes.set(end, (outcomes.get(end) ?? 0) + 1);
    }
    expect(outcomes.get('captured') ?? 0).toBeGreaterThan(25);
    expect(outcomes.size).toBeGreaterThan(1);
  });

  test.each(SPOILINGS)(
    'a bus that does nothing but "%s" never passes a wrong image, nor leaves a byte of one',
    async (way) => {
      const ends = new Set<string>();
      for (let seed = 1_000; seed < 1_008; seed += 1) ends.add(await captureOverSpoiledBus(seed, [way]));
      // The protocol is made for losses: it must get through some of them. Forgeries with a right checksum are no loss.
      expect(ends.has('captured') || way === 'forged').toBe(true);
    },
  );
});
