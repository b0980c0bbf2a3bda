import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '../../../electron/contract/errors.ts';
import type { FingerSlot } from '../../../electron/contract/checks.ts';
import { createProbeCustody } from '../../../electron/custody/probe-custody.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import { FingerDesk } from '../../../electron/station/check/finger-desk.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import type { FingerPosition, PairVerdict } from '../../../native-bridge/matcher/matcher.ts';
import type {
  CaptureOutcome,
  CaptureProgress,
  PlacementHint,
  Scanner,
} from '../../../native-bridge/scanner/scanner.ts';

const MAXIMUM_ATTEMPTS = 3;
const identity = { widthPx: 8, heightPx: 8 };
const MAP = { columns: 1, rows: 1, cells: [3] };

const captured = (quality: number): CaptureOutcome => ({
  kind: 'captured',
  ...identity,
  resolutionPpi: 500,
  quality,
  liftedAtMs: 5,
});
const preview = (hint: PlacementHint): CaptureProgress => ({ kind: 'preview', map: MAP, quality: 50, hint });

/** One capture as a test wants it: what the driver reports, and how it ends. Whatever its end, it has written bytes. */
interface Played {
  readonly progress?: readonly CaptureProgress[];
  readonly outcome: CaptureOutcome | 'waits-for-abort' | 'throws';
}

function deskOf(pair: PairVerdict = 'nothing', extraction: 'extracted' | 'unusable' | 'throws' = 'extracted') {
  const buffers: SharedArrayBuffer[] = [];
  const failures: [FingerPosition, RefusalCode][] = [];
  const faults: unknown[] = [];
  const receipts: string[] = [];
  const state = { isLogFull: false };
  const desk = new FingerDesk({
    custody: createProbeCustody({
      now: () => 0,
      uuid: () => systemRandomness.uuid(),
      observer: (_, buffer) => buffers.push(buffer),
    }),
    matcher: {
      extract: (_: unknown, into: SharedArrayBuffer) => {
        new Uint8Array(into).fill(7);
        if (extraction === 'throws') return Promise.reject(new Error('a broken matcher'));
        return Promise.resolve({ kind: extraction, templateBytes: 32, reason: 'blank' });
      },
      examinePair: () => Promise.resolve(pair),
    } as never,
    minimumQuality: () => 40,
    maximumAttempts: () => MAXIMUM_ATTEMPTS,
    onChange: () => {},
    onTaken: () => Promise.resolve(),
    onReceipt: ({ why }) => Promise.resolve(void receipts.push(why)),
    onFailed: (position, code) => {
      if (state.isLogFull) return Promise.reject(new Error('the disk is full'));
      failures.push([position, code]);
      return Promise.resolve();
    },
    onFault: (fault) => faults.push(fault),
  });

  function scannerOf({ progress = [], outcome }: Played): Scanner {
    return {
      identity,
      async capture(request: Parameters<Scanner['capture']>[0]) {
        new Uint8Array(request.into).fill(123);
        request.onProgress({ kind: 'waiting-for-finger' });
        for (const step of progress) request.onProgress(step);
        if (outcome === 'throws') throw new Error('a driver that breaks');
        if (outcome !== 'waits-for-abort') return outcome;
        await new Promise((resolve) => request.signal.addEventListener('abort', resolve, { once: true }));
        return { kind: 'aborted' };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    } as unknown as Scanner;
  }

  const begin = (played: Played, slot: FingerSlot = 'first', position: FingerPosition = 2) =>
    desk.begin(slot, position, () => Promise.resolve(scannerOf(played)));
  const take = async (played: Played, slot?: FingerSlot, position?: FingerPosition) => {
    await begin(played, slot, position);
    await settle();
    return desk.views()[slot === 'second' ? 1 : 0];
  };
  return { begin, buffers, desk, failures, faults, receipts, state, take };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const FINGER = [preview('hold-still')];

describe('how a capture ends', () => {
  const ends: readonly [string, Played, RefusalCode, number][] = [
    ['nobody puts a finger down', { outcome: { kind: 'no-finger' } }, 'capture.no-finger', 1],
    [
      'no finger comes and the glass is not clean',
      { progress: [preview('place-finger'), preview('clean-the-glass')], outcome: { kind: 'no-finger' } },
      'capture.glass-not-clean',
      0,
    ],
    ['the plug is pulled', { progress: FINGER, outcome: { kind: 'unplugged' } }, 'scanner.unplugged', 0],
    [
      'the scanner falls silent',
      { progress: FINGER, outcome: { kind: 'fault', code: 'scanner.no-answer' } },
      'scanner.no-answer',
      0,
    ],
    [
      'reports stay lost',
      { progress: FINGER, outcome: { kind: 'fault', code: 'scanner.report-gap' } },
      'scanner.fault',
      0,
    ],
    [
      'the checksum is wrong',
      { progress: FINGER, outcome: { kind: 'fault', code: 'scanner.checksum' } },
      'scanner.fault',
      0,
    ],
    ['the driver breaks', { progress: FINGER, outcome: 'throws' }, 'scanner.fault', 0],
  ];
  test.each(ends)(
    '%s: its own code, no byte left, and an attempt used only if it was the finger’s',
    async (_, played, code, attempts) => {
      const { buffers, failures, receipts, take } = deskOf();

      const view = await take(played);

      expect(view).toMatchObject({
        state: { kind: 'failed', code },
        attempts,
        attemptsLeft: MAXIMUM_ATTEMPTS - attempts,
      });
      expect(failures).toEqual([[2, code]]);
      expect(buffers.every((buffer) => isAllZero(buffer))).toBe(true);
      expect(receipts).toEqual(['capture-failed']);
    },
  );

  test('a matcher that breaks is the station’s fault, uses up no attempt and leaves no byte', async () => {
    const { buffers, faults, take } = deskOf('nothing', 'throws');
    expect(await take({ progress: FINGER, outcome: captured(80) })).toMatchObject({
      state: { kind: 'failed', code: 'station.fault' },
      attempts: 0,
    });
    expect(buffers).toHaveLength(2);
    expect(buffers.every((buffer) => isAllZero(buffer))).toBe(true);
    expect(faults).toHaveLength(1);
  });

  test('a log that cannot be written to ends the capture all the same, and the next one may begin', async () => {
    const { buffers, faults, state, take } = deskOf();
    state.isLogFull = true;
    expect((await take({ outcome: { kind: 'unplugged' } })).state).toEqual({ kind: 'failed', code: 'station.fault' });
    expect(faults).toHaveLength(1);
    expect(buffers.every((buffer) => isAllZero(buffer))).toBe(true);
    state.isLogFull = false;
    expect((await take({ progress: FINGER, outcome: captured(80) })).state.kind).toBe('captured');
  });

  test('cancelled before a finger came it costs nothing; cancelled afterwards it was an attempt', async () => {
    const { begin, desk } = deskOf();
    for (const [progress, attempts] of [
      [[preview('place-finger')], 0],
      [FINGER, 1],
    ] as const) {
      await begin({ progress, outcome: 'waits-for-abort' });
      await settle();
      await desk.cancel();
      expect(desk.views()[0]).toMatchObject({ state: { kind: 'wanted' }, attempts });
    }
  });
});

describe('the limit on attempts', () => {
  test('after as many as the force allows the finger is refused, whichever slot asks for it', async () => {
    const { begin, take } = deskOf();
    for (let attempt = 1; attempt <= MAXIMUM_ATTEMPTS; attempt += 1) await take({ outcome: { kind: 'no-finger' } });
    await expect(begin({ outcome: captured(80) })).rejects.toMatchObject({ code: 'capture.too-many-attempts' });
    const other = await take({ progress: FINGER, outcome: captured(80) }, 'first', 3);
    expect(other).toMatchObject({ state: { kind: 'captured' }, attempts: 1, attemptsLeft: MAXIMUM_ATTEMPTS - 1 });
    const again = begin({ outcome: captured(80) }, 'second', 2);
    await expect(again).rejects.toMatchObject({ code: 'capture.too-many-attempts' });
  });

  test('a scanner that fails twenty times leaves the finger all its attempts', async () => {
    const { take } = deskOf();
    for (let time = 0; time < 20; time += 1) await take({ progress: FINGER, outcome: { kind: 'unplugged' } });
    expect(await take({ progress: FINGER, outcome: captured(80) })).toMatchObject({ attempts: 1, attemptsLeft: 2 });
  });

  test('the last attempt below the threshold is kept when another is asked for', async () => {
    const { begin, desk, take } = deskOf();
    for (let attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt += 1) {
      await take({ progress: FINGER, outcome: captured(12) });
    }
    await expect(begin({ outcome: captured(80) })).rejects.toMatchObject({ code: 'capture.too-many-attempts' });
    expect(desk.views()[0]).toMatchObject({
      state: { kind: 'captured', isBelowThreshold: true, quality: 12 },
      attemptsLeft: 0,
    });
  });
});

describe('what is kept of two fingers', () => {
  test('a print below the threshold, or one that nothing could be read from, is marked as below it', async () => {
    const below = deskOf();
    expect((await below.take({ outcome: captured(39) })).state).toMatchObject({ isBelowThreshold: true });
    expect((await below.take({ outcome: captured(40) })).state).toMatchObject({ isBelowThreshold: false });
    const unreadable = deskOf('nothing', 'unusable');
    expect((await unreadable.take({ outcome: captured(90) })).state).toMatchObject({ isBelowThreshold: true });
  });

  test('the other finger’s print once more is refused, erased and counted; the first is kept', async () => {
    const { desk, take } = deskOf('same-finger');
    await take({ progress: FINGER, outcome: captured(80) });
    const second = await take({ progress: FINGER, outcome: captured(80) }, 'second', 7);
    expect(second).toMatchObject({ state: { kind: 'failed', code: 'capture.finger-laid-twice' }, attempts: 1 });
    using probe = desk.lendProbe();
    expect(probe.fingers.map(({ position }) => position)).toEqual([2]);
  });

  test('the same position for both is refused before a scanner is opened', async () => {
    const { desk, take } = deskOf();
    await take({ progress: FINGER, outcome: captured(80) });
    let opened = 0;
    const open = () => {
      opened += 1;
      return Promise.reject(new Error('not to be opened'));
    };
    await expect(desk.begin('second', 2, open)).rejects.toMatchObject({ code: 'capture.same-finger-twice' });
    expect(opened).toBe(0);
  });

  test('perhaps exchanged hands are told until one of the fingers is taken again or marked', async () => {
    const { desk, take } = deskOf('perhaps-swapped');
    await take({ progress: FINGER, outcome: captured(80) });
    await take({ progress: FINGER, outcome: captured(80) }, 'second', 7);
    expect(desk.isPerhapsSwapped).toBe(true);
    await desk.mark('second', 'bandaged');
    expect(desk.isPerhapsSwapped).toBe(false);
  });

  test('marking a finger as missing or bandaged erases what was taken of it, and one finger is enough to search', async () => {
    const { buffers, desk, take } = deskOf();
    await take({ progress: FINGER, outcome: captured(80) });
    const ofTheFirst = buffers.length;
    await take({ progress: FINGER, outcome: captured(80) }, 'second', 7);
    await desk.mark('second', 'missing');
    expect(desk.isComplete).toBe(true);
    expect(buffers.slice(ofTheFirst).every((buffer) => isAllZero(buffer))).toBe(true);
    await desk.mark('first', 'bandaged');
    expect(desk.isComplete).toBe(false);
  });

  test('whoever reads that a finger was taken may search or take the next at once', async () => {
    const { begin, desk } = deskOf();
    await desk.mark('second', 'missing');
    await begin({ progress: FINGER, outcome: captured(80) });
    while (desk.views()[0].state.kind !== 'captured') await new Promise((resolve) => setImmediate(resolve));
    expect(desk.isComplete).toBe(true);
    await begin({ outcome: { kind: 'no-finger' } });
  });
});
