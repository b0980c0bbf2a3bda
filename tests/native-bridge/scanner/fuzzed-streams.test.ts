import { describe, expect, test } from 'vitest';
import { HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { crc32 } from '../../../native-bridge/scanner/checksum.ts';
import {
  DEVICE_KIND,
  decodeDeviceMessage,
  encodeDeviceMessage,
} from '../../../native-bridge/scanner/device-messages.ts';
import { DeviceTransfer } from '../../../native-bridge/scanner/device-transfer.ts';
import { FaultInjector } from '../../../native-bridge/scanner/fault-injector.ts';
import { cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import type { HidPort } from '../../../native-bridge/scanner/hid-port.ts';
import { ImageTransfer } from '../../../native-bridge/scanner/image-transfer.ts';
import { PreviewAssembler } from '../../../native-bridge/scanner/preview-assembler.ts';
import { decodeReport, encodeReport, payloadBytesOf } from '../../../native-bridge/scanner/report-codec.ts';
import { openReportScanner } from '../../../native-bridge/scanner/report-scanner.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { SimulatedGlass } from '../../../native-bridge/scanner/simulated-glass.ts';
import { SimulatedHand } from '../../../native-bridge/scanner/simulated-hand.ts';
import { SimulatedPort } from '../../../native-bridge/scanner/simulated-port.ts';
import { holds, isAllZero, startCapture } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';

type Random = () => number;

const REPORT_BYTES = 64;

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** A report with a right checksum and a senseless, or malicious, content. */
function forged(random: Random, reportBytes: number): Uint8Array {
  const payload = Uint8Array.from({ length: payloadBytesOf(reportBytes) }, () => below(random, 256));
  const kind = random() < 0.4 ? DEVICE_KIND.imageData : 0x80 + below(random, 10);
  return encodeReport(reportBytes, { kind, transfer: below(random, 3), sequence: below(random, 100), payload });
}

/** Spoils a stream of reports: cut, repeated, reordered, flipped bits, absurd lengths, forgeries. */
function spoil(reports: readonly Uint8Array[], random: Random): Uint8Array[] {
  const rate = random() * 0.3;
  const spoiled = reports.flatMap((report) => {
    if (random() >= rate) return [report];
    switch (below(random, 7)) {
      case 0:
        return [];
      case 1:
        return [report, report];
      case 2:
        return [
          report.map((byte, at) => (at === below(random, report.length) ? byte ^ (1 << below(random, 8)) : byte)),
        ];
      case 3:
        return [report.subarray(0, below(random, report.length))];
      case 4:
        return [new Uint8Array([0, 1, 65, 4_096][below(random, 4)] ?? 0)];
      case 5:
        return [forged(random, report.length), forged(random, report.length), forged(random, report.length), report];
      default:
        return [Uint8Array.from({ length: report.length }, () => below(random, 256))];
    }
  });
  if (random() < 0.5) {
    for (let swap = 0; swap < 5; swap += 1) {
      const a = below(random, spoiled.length);
      const b = below(random, spoiled.length);
      const [first, second] = [spoiled[a], spoiled[b]];
      if (first !== undefined && second !== undefined) [spoiled[a], spoiled[b]] = [second, first];
    }
  }
  return random() < 0.2 ? spoiled.slice(0, below(random, spoiled.length)) : spoiled;
}

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
    const profile = { ...HIGH_SPEED_PROFILE, widthPx: 192, heightPx: 192, inputReportBytes: 256 };
    const image = ridgeImage({ widthPx: 192, heightPx: 192, radiusX: 90, radiusY: 90 });
    const outcomes = new Map<string, number>();
    for (let run = 0; run < 80; run += 1) {
      const random = seededRandom(run);
      const clock = new ManualClock();
      const glass = new SimulatedGlass(profile);
      const hand = new SimulatedHand(glass, cyclingFeed([image]), clock, () => {});
      const { inputReportBytes, outputReportBytes } = profile;
      const inner = new SimulatedPort(
        {
          glass,
          serialNumber: 'FUZZ',
          inputReportBytes,
          outputReportBytes,
          reportIntervalMs: 0.5,
          clock,
          onEvent: (event) => hand.see(event),
        },
        new FaultInjector([], random),
      );
      const port: HidPort = {
        inputReportBytes,
        outputReportBytes,
        send: (report) => {
          if (random() > 0.02) inner.send(report);
        },
        onReport: (listener) =>
          inner.onReport((report) => {
            for (const bytes of spoil([Uint8Array.from(report)], random)) listener(bytes);
          }),
        onClosed: (listener) => inner.onClosed(listener),
        close: () => inner.close(),
      };
      const opening = openReportScanner({
        port,
        profile,
        productName: 'Fuzz',
        isSimulated: true,
        signal: new AbortController().signal,
        clock,
      });
      const opened = await clock.settle(opening.catch((cause: unknown) => cause));
      if (opened instanceof Error) {
        expect(opened.name).toBe('ScannerFault');
        outcomes.set('not opened', (outcomes.get('not opened') ?? 0) + 1);
        continue;
      }
      const scanner = await opening;
      const started = startCapture(scanner, 5_000);
      const outcome = await clock.settle(started.outcome);
      outcomes.set(outcome.kind, (outcomes.get(outcome.kind) ?? 0) + 1);
      if (outcome.kind === 'captured') expect(holds(started.into, image.pixels)).toBe(true);
      else expect(isAllZero(started.into)).toBe(true);
      await clock.settle(Promise.resolve(scanner[Symbol.asyncDispose]()));
    }
    expect(outcomes.get('captured') ?? 0).toBeGreaterThan(25);
    expect([...outcomes.keys()].length).toBeGreaterThan(1);
  });
});
