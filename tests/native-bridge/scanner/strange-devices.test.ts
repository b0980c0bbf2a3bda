import { describe, expect, test } from 'vitest';
import { HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { encodeDeviceMessage, type DeviceMessage } from '../../../native-bridge/scanner/device-messages.ts';
import type { HidPort } from '../../../native-bridge/scanner/hid-port.ts';
import { decodeHostMessage, type HostMessage } from '../../../native-bridge/scanner/host-messages.ts';
import { decodeReport } from '../../../native-bridge/scanner/report-codec.ts';
import { openReportScanner } from '../../../native-bridge/scanner/report-scanner.ts';
import { captureOnce, isAllZero } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';

const IDENTITY = {
  kind: 'identity',
  protocolVersion: 1,
  firmwareVersion: '0.0.1',
  widthPx: 500,
  heightPx: 500,
  resolutionPpi: 500,
  sensingAreaWidthMm: 25.4,
  sensingAreaHeightMm: 25.4,
  previewColumns: 16,
  previewRows: 16,
  framesRemembered: 8,
} as const;

/** A device that answers as a test says, 1 ms later. */
function strangePort(
  clock: ManualClock,
  answer: (message: HostMessage) => readonly DeviceMessage[],
  lengths = { inputReportBytes: 64, outputReportBytes: 64 },
): HidPort & { isClosed: boolean } {
  let onReport: (report: Uint8Array) => void = () => {};
  const port = {
    ...lengths,
    isClosed: false,
    send(bytes: Uint8Array) {
      const decoded = decodeReport(lengths.outputReportBytes, bytes);
      if (decoded.kind !== 'report') throw new Error(decoded.kind);
      const { report } = decoded;
      const message = decodeHostMessage(report);
      if (message === null) return;
      clock.after(1, () => {
        for (const said of answer(message)) {
          onReport(encodeDeviceMessage(lengths.inputReportBytes, report.transfer, report.sequence, said));
        }
      });
    },
    onReport(listener: (report: Uint8Array) => void) {
      onReport = listener;
    },
    onClosed() {},
    close() {
      port.isClosed = true;
      return Promise.resolve();
    },
  };
  return port;
}

async function opening(answer: (message: HostMessage) => readonly DeviceMessage[]) {
  const clock = new ManualClock();
  const port = strangePort(clock, answer);
  const signal = new AbortController().signal;
  const opened = openReportScanner({
    port,
    profile: HIGH_SPEED_PROFILE,
    productName: 'Strange',
    isSimulated: true,
    signal,
    clock,
  });
  return { clock, port, outcome: await clock.settle(opened.catch((cause: unknown) => cause)) };
}

const serial = { kind: 'serial', serialNumber: 'X' } as const;

describe('devices that are not what they should be', () => {
  test.each([
    ['no pixels', { widthPx: 0 }],
    ['too many pixels', { widthPx: 65_535, heightPx: 65_535 }],
    ['no resolution', { resolutionPpi: 0 }],
    ['no preview', { previewRows: 0 }],
    ['no memory', { framesRemembered: 0 }],
    ['another version of the protocol', { protocolVersion: 2 }],
  ])('a device with %s is refused and let go', async (_, change) => {
    const { outcome, port } = await opening(() => [{ ...IDENTITY, ...change }, serial]);
    expect(outcome).toMatchObject({ code: 'scanner.protocol' });
    expect(port.isClosed).toBe(true);
  });

  test('a device that says nothing is given up within the deadline and let go', async () => {
    const { outcome, port, clock } = await opening(() => []);
    expect(outcome).toMatchObject({ code: 'scanner.no-answer' });
    expect([port.isClosed, clock.pending]).toEqual([true, 0]);
  });

  test('a device that refuses to identify is told from one that is silent', async () => {
    const { outcome } = await opening(() => [{ kind: 'refused', command: 1, refusal: 'unknown-command' }]);
    expect(outcome).toMatchObject({ code: 'scanner.protocol' });
  });

  test('reports too short or too long for the protocol are refused before a word is said', async () => {
    for (const inputReportBytes of [8, 5_000]) {
      const clock = new ManualClock();
      let words = 0;
      const port = strangePort(clock, () => ((words += 1), []), { inputReportBytes, outputReportBytes: 64 });
      const signal = new AbortController().signal;
      const opened = openReportScanner({
        port,
        profile: HIGH_SPEED_PROFILE,
        productName: 'X',
        isSimulated: true,
        signal,
        clock,
      });
      await expect(clock.settle(opened)).rejects.toMatchObject({
        code: 'scanner.protocol',
        figures: { inputReportBytes },
      });
      expect([words, port.isClosed]).toEqual([0, true]);
    }
  });

  test('a device that accepts everything and never shows a frame ends the capture with a fault and zeroes', async () => {
    const clock = new ManualClock();
    const port = strangePort(clock, (message) => {
      if (message.kind === 'identify') return [IDENTITY, serial];
      return message.kind === 'start-preview' ? [{ kind: 'done', command: 2 }] : [];
    });
    const signal = new AbortController().signal;
    const scanner = await clock.settle(
      openReportScanner({ port, profile: HIGH_SPEED_PROFILE, productName: 'X', isSimulated: true, signal, clock }),
    );
    const { ended, into } = await captureOnce(clock, scanner, 60_000);
    expect(ended).toEqual({ kind: 'fault', code: 'scanner.no-answer' });
    expect(isAllZero(into)).toBe(true);
  });
});
