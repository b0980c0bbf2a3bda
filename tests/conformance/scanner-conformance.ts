import { describe, expect, test } from 'vitest';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import type { Scanner, ScannerSource } from '../../native-bridge/scanner/scanner.ts';
import { isAllZero, startCapture } from '../native-bridge/scanner/capture-support.ts';
import { ridgeImage } from '../native-bridge/scanner/ridge-image.ts';

/** A source of scanners with hands: what a test needs to play the officer and the cable, whatever lies under it. */
export interface ScannerRig extends AsyncDisposable {
  readonly source: ScannerSource;
  readonly path: string;
  /** Size of the images that the rig's reader takes, pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** True when the driver shows a live map. */
  readonly hasPreview: boolean;
  /** Lets time go by. */
  run(durationMs: number): Promise<void>;
  /** Lets time go by until the promise settles. */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Puts a finger on the open reader and takes it off when the reader has had enough; it may wait for a capture first. */
  putFinger(image: GreyImage): Promise<void>;
  /** Puts a finger on the open reader and pulls the plug when a part of the image is on its way. */
  putFingerAndUnplugMidImage(image: GreyImage): Promise<void>;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** The image that the driver must give for this finger. */
  expected(image: GreyImage): Uint8Array;
}

const never = new AbortController().signal;

/**
 * Runs the one suite that every scanner passes: states, frames, faults, abort, zeroes.
 * @param skipReason why it cannot be run here; null when it can
 */
export function scannerConformance(
  name: string,
  makeRig: () => Promise<ScannerRig>,
  skipReason: string | null = null,
): void {
  const withScanner = async (act: (rig: ScannerRig, scanner: Scanner) => Promise<void>): Promise<void> => {
    await using rig = await makeRig();
    const scanner = await rig.settle(rig.source.open(rig.path, never));
    try {
      await act(rig, scanner);
    } finally {
      await rig.settle(Promise.resolve(scanner[Symbol.asyncDispose]()));
    }
  };

  const suffix = skipReason === null ? '' : ` (skipped: ${skipReason})`;
  describe.skipIf(skipReason !== null)(`scanner conformance: ${name}${suffix}`, () => {
    test('the reader is listed and may be opened', async () => {
      await using rig = await makeRig();
      const rows = await rig.settle(rig.source.list(never));
      expect(rows.find(({ path }) => path === rig.path)).toMatchObject({ refusal: null });
    });

    test('a reader that is not there is a typed fault', async () => {
      await using rig = await makeRig();
      const opening = rig.settle(rig.source.open(`${rig.path}-gone`, never));
      await expect(opening).rejects.toMatchObject({ code: 'scanner.not-found' });
    });

    test('the identity names a plausible glass', async () => {
      await withScanner(async (_, { identity }) => {
        expect(identity.widthPx * identity.heightPx).toBeGreaterThan(10_000);
        expect(identity.resolutionPpi).toBeGreaterThanOrEqual(250);
        expect(identity.profileId).not.toBe('');
        await Promise.resolve();
      });
    });

    test('two fingers, one after the other, arrive byte for byte', async () => {
      await withScanner(async (rig, scanner) => {
        for (const phase of [0.5, 2]) {
          const image = ridgeImage({ widthPx: rig.widthPx, heightPx: rig.heightPx, phase });
          const started = startCapture(scanner);
          await rig.putFinger(image);
          const outcome = await rig.settle(started.outcome);
          expect(outcome).toMatchObject({ kind: 'captured', widthPx: rig.widthPx, heightPx: rig.heightPx });
          const seen = new Uint8Array(started.into, 0, image.pixels.length);
          expect(Buffer.compare(seen, rig.expected(image))).toBe(0);
        }
        expect(scanner.statistics().captures).toBe(2);
      });
    });

    test('progress begins with waiting for the finger', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner);
        await rig.putFinger(ridgeImage({ widthPx: rig.widthPx, heightPx: rig.heightPx }));
        await rig.settle(started.outcome);
        expect(started.progress[0]).toEqual({ kind: 'waiting-for-finger' });
        expect(started.progress.some(({ kind }) => kind === 'transferring')).toBe(true);
        expect(started.progress.some(({ kind }) => kind === 'preview')).toBe(rig.hasPreview);
      });
    });

    test('an abort while waiting for the finger leaves zeroes, and the next capture works', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner);
        await rig.run(120);
        started.abort.abort();
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'aborted' });
        expect(isAllZero(started.into)).toBe(true);
        const again = startCapture(scanner);
        await rig.putFinger(ridgeImage({ widthPx: rig.widthPx, heightPx: rig.heightPx }));
        expect((await rig.settle(again.outcome)).kind).toBe('captured');
      });
    });

    test('a capture whose signal is aborted already leaves zeroes', async () => {
      await withScanner(async (rig, scanner) => {
        const into = new SharedArrayBuffer(scanner.identity.widthPx * scanner.identity.heightPx);
        new Uint8Array(into).fill(7);
        const signal = AbortSignal.abort();
        const capture = scanner.capture({ into, deadlineMs: 1_000, signal, onProgress: () => {} });
        expect(await rig.settle(capture)).toEqual({ kind: 'aborted' });
        expect(isAllZero(into)).toBe(true);
      });
    });

    test('no finger before the deadline leaves zeroes', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner, 300);
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'no-finger' });
        expect(isAllZero(started.into)).toBe(true);
      });
    });

    test('the plug pulled while waiting leaves zeroes; plugged in again, the reader works', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner);
        await rig.run(100);
        await rig.unplug();
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'unplugged' });
        expect(isAllZero(started.into)).toBe(true);
        await rig.plugIn();
        const again = await rig.settle(rig.source.open(rig.path, never));
        const capture = startCapture(again);
        await rig.putFinger(ridgeImage({ widthPx: rig.widthPx, heightPx: rig.heightPx }));
        expect((await rig.settle(capture.outcome)).kind).toBe('captured');
        await rig.settle(Promise.resolve(again[Symbol.asyncDispose]()));
      });
    });

    test('the plug pulled in the middle of an image leaves no byte of it', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner);
        await rig.putFingerAndUnplugMidImage(ridgeImage({ widthPx: rig.widthPx, heightPx: rig.heightPx }));
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'unplugged' });
        expect(started.progress.at(-1)?.kind).toBe('transferring');
        expect(isAllZero(started.into)).toBe(true);
      });
    });

    test('a capture on a reader that is gone says so', async () => {
      await withScanner(async (rig, scanner) => {
        await rig.unplug();
        await rig.run(100);
        const started = startCapture(scanner);
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'unplugged' });
        expect(isAllZero(started.into)).toBe(true);
      });
    });

    test('memory that is too small is refused and zeroed', async () => {
      await withScanner(async (rig, scanner) => {
        const into = new SharedArrayBuffer(100);
        new Uint8Array(into).fill(7);
        const capture = scanner.capture({ into, deadlineMs: 1_000, signal: never, onProgress: () => {} });
        expect(await rig.settle(capture)).toEqual({ kind: 'fault', code: 'scanner.buffer-too-small' });
        expect(isAllZero(into)).toBe(true);
      });
    });

    test('a second capture while one runs is refused', async () => {
      await withScanner(async (rig, scanner) => {
        const first = startCapture(scanner);
        await rig.run(20);
        const second = startCapture(scanner);
        expect(await rig.settle(second.outcome)).toEqual({ kind: 'fault', code: 'scanner.busy' });
        expect(isAllZero(second.into)).toBe(true);
        first.abort.abort();
        expect(await rig.settle(first.outcome)).toEqual({ kind: 'aborted' });
      });
    });

    test('a scanner that is closed in the middle of a capture ends it and leaves zeroes', async () => {
      await withScanner(async (rig, scanner) => {
        const started = startCapture(scanner);
        await rig.run(100);
        await rig.settle(Promise.resolve(scanner[Symbol.asyncDispose]()));
        expect(await rig.settle(started.outcome)).toEqual({ kind: 'aborted' });
        expect(isAllZero(started.into)).toBe(true);
      });
    });

    test('a listener that throws ends the capture with its own error and leaves zeroes', async () => {
      await withScanner(async (rig, scanner) => {
        const into = new SharedArrayBuffer(scanner.identity.widthPx * scanner.identity.heightPx);
        new Uint8Array(into).fill(7);
        const onProgress = (): void => {
          throw new Error('the page is gone');
        };
        const capture = scanner.capture({ into, deadlineMs: 2_000, signal: never, onProgress });
        await expect(rig.settle(capture)).rejects.toThrow('the page is gone');
        expect(isAllZero(into)).toBe(true);
      });
    });
  });
}
