import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLibfprintSource } from '../../../../native-bridge/scanner/libfprint/libfprint-source.ts';
import type { Scanner } from '../../../../native-bridge/scanner/scanner.ts';
import { holds, isAllZero, startCapture } from '../capture-support.ts';
import { ManualClock } from '../manual-clock.ts';
import { ridgeImage } from '../ridge-image.ts';
import { FakeHelperPipe, helperImage, helperRecord } from './fake-helper-pipe.ts';

const never = new AbortController().signal;
const PATH = 'libfprint:maker:1';

async function open(): Promise<{ pipe: FakeHelperPipe; scanner: Scanner; clock: ManualClock }> {
  const pipe = new FakeHelperPipe();
  const clock = new ManualClock();
  const start = (): Promise<FakeHelperPipe> => Promise.resolve(pipe);
  const source = createLibfprintSource({ helperPath: 'unused', clock, start });
  const opening = source.open(PATH, never);
  await clock.run(1);
  pipe.say(helperRecord('o'));
  return { pipe, scanner: await clock.settle(opening), clock };
}

describe('the libfprint driver', () => {
  test('half an image and then the end of the helper leaves no byte of it', async () => {
    const { pipe, scanner, clock } = await open();
    const started = startCapture(scanner);
    await clock.run(1);
    const image = ridgeImage({ widthPx: 256, heightPx: 360 });
    pipe.say(helperImage(256, 360, image.pixels).subarray(0, 40_000));
    expect(isAllZero(started.into)).toBe(false);
    pipe.exit();
    expect(await clock.settle(started.outcome)).toEqual({ kind: 'fault', code: 'scanner.helper-crashed' });
    expect(isAllZero(started.into)).toBe(true);
  });

  test('pixels that come after an abort touch the memory no more, and the next capture waits for their end', async () => {
    const { pipe, scanner, clock } = await open();
    const first = startCapture(scanner);
    await clock.run(1);
    const late = helperImage(256, 360, ridgeImage({ widthPx: 256, heightPx: 360 }).pixels);
    pipe.say(late.subarray(0, 30_000));
    first.abort.abort();
    expect(await clock.settle(first.outcome)).toEqual({ kind: 'aborted' });
    const second = startCapture(scanner);
    await clock.run(1);
    pipe.say(late.subarray(30_000));
    expect(isAllZero(first.into)).toBe(true);
    await clock.run(1);
    const image = ridgeImage({ widthPx: 300, heightPx: 300, phase: 1 });
    pipe.say(helperImage(300, 300, image.pixels));
    expect((await clock.settle(second.outcome)).kind).toBe('captured');
    expect(holds(second.into, image.pixels)).toBe(true);
  });

  test('the lift is the moment when the finger was gone, not when the image came', async () => {
    const { pipe, scanner, clock } = await open();
    const started = startCapture(scanner);
    await clock.run(1);
    pipe.say(helperRecord('f', Uint8Array.of(1)));
    await clock.run(100);
    pipe.say(helperRecord('f', Uint8Array.of(2)));
    await clock.run(100);
    pipe.say(helperRecord('f', Uint8Array.of(0)));
    const liftedAtMs = clock.now();
    await clock.run(50);
    pipe.say(helperImage(256, 360, ridgeImage({ widthPx: 256, heightPx: 360 }).pixels, 0));
    expect(await clock.settle(started.outcome)).toMatchObject({ kind: 'captured', liftedAtMs, resolutionPpi: 500 });
  });

  test.each([
    ['b', 'scanner.in-use'],
    ['p', 'scanner.no-permission'],
    ['0', 'scanner.not-found'],
    ['e', 'scanner.no-answer'],
  ])('the letter %s at the opening is the fault %s', async (letter, code) => {
    const pipe = new FakeHelperPipe();
    const clock = new ManualClock();
    const source = createLibfprintSource({ helperPath: 'unused', clock, start: () => Promise.resolve(pipe) });
    const opening = source.open(PATH, never);
    await clock.run(1);
    pipe.say(helperRecord('x', Buffer.from(letter)));
    await expect(clock.settle(opening)).rejects.toMatchObject({ code });
    expect(pipe.isClosed).toBe(true);
  });

  test('a helper that never answers is given up and let go', async () => {
    const pipe = new FakeHelperPipe();
    const clock = new ManualClock();
    const source = createLibfprintSource({ helperPath: 'unused', clock, start: () => Promise.resolve(pipe) });
    await expect(clock.settle(source.list(never))).rejects.toMatchObject({ code: 'scanner.no-answer' });
    expect(pipe.isClosed).toBe(true);
  });

  test('readers that cannot give an image are listed and refused', async () => {
    const pipe = new FakeHelperPipe();
    const clock = new ManualClock();
    const source = createLibfprintSource({ helperPath: 'unused', clock, start: () => Promise.resolve(pipe) });
    const listing = source.list(never);
    await clock.run(1);
    pipe.say(helperRecord('d', Buffer.from('1\tmaker:1\tImage reader')));
    pipe.say(helperRecord('d', Buffer.from('0\tother:2\tMatch-on-chip reader')));
    pipe.say(helperRecord('l'));
    const rows = await clock.settle(listing);
    expect(rows.map(({ path, refusal }) => [path, refusal])).toEqual([
      ['libfprint:maker:1', null],
      ['libfprint:other:2', 'no-profile'],
    ]);
  });

  test('bytes of any kind, cut anywhere, end in an outcome and zeroes, never in a crash', async () => {
    const noise = fc.uint8Array({ maxLength: 60 });
    const record = fc.tuple(fc.constantFrom(...'dlofxi?'), fc.uint8Array({ maxLength: 40 }));
    const stream = fc.array(
      fc.oneof(
        noise,
        record.map(([letter, body]) => helperRecord(letter, body)),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(stream, async (chunks) => {
        const { pipe, scanner, clock } = await open();
        const started = startCapture(scanner, 500);
        await clock.run(1);
        for (const chunk of chunks) pipe.say(chunk);
        const outcome = await clock.settle(started.outcome);
        if (outcome.kind !== 'captured') expect(isAllZero(started.into)).toBe(true);
        else expect(outcome.widthPx * outcome.heightPx).toBeLessThanOrEqual(28);
      }),
      { numRuns: 150 },
    );
  });
});
