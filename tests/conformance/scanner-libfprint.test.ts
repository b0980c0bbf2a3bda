import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLibfprintSource } from '../../native-bridge/scanner/libfprint/libfprint-source.ts';
import { VirtualReader } from '../libfprint/virtual-reader.ts';
import { FakeHelperPipe, helperImage, helperRecord } from '../native-bridge/scanner/libfprint/fake-helper-pipe.ts';
import { ManualClock } from '../native-bridge/scanner/manual-clock.ts';
import { scannerConformance, type ScannerRig } from './scanner-conformance.ts';

/** Where `npm run test:libfprint` puts the helper that it compiles. */
const HELPER = path.resolve(import.meta.dirname, '../../.out/libfprint/fprint-helper');
/** Time for a command of the virtual reader to reach the helper, ms: two processes lie between. */
const REACH_MS = 150;

/** libfprint is a process with a clock of its own, so here, and only here, the tests wait in real time. */
async function makeRig(): Promise<ScannerRig> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-libfprint-'));
  const socket = path.join(folder, 'reader');
  const source = createLibfprintSource({ helperPath: HELPER, environment: { FP_VIRTUAL_IMAGE: socket } });
  const reach = async (act: (reader: VirtualReader) => void): Promise<void> => {
    const reader = await VirtualReader.connect(socket);
    act(reader);
    await sleep(REACH_MS);
    reader.close();
  };
  return {
    source,
    path: 'libfprint:virtual_image:0',
    widthPx: 256,
    heightPx: 360,
    hasPreview: false,
    run: (durationMs) => sleep(durationMs),
    settle: (promise) => promise,
    async putFinger(image) {
      await sleep(REACH_MS);
      await reach((reader) => reader.present(image));
    },
    async putFingerAndUnplugMidImage() {
      // libfprint takes an image that stops half way for a whole one when its virtual device's peer goes; the reader that
      // dies with a finger on it is as near as its virtual device comes. Half an image on the helper's own pipe is in
      // tests/native-bridge/scanner/libfprint.
      await sleep(REACH_MS);
      await reach((reader) => reader.touch());
      await reach((reader) => reader.unplug());
    },
    unplug: () => reach((reader) => reader.unplug()),
    plugIn: () => Promise.resolve(),
    expected: (image) => image.pixels,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same driver over a helper that a test plays, so that it is exercised where libfprint is not installed. */
function makePlayedRig(): Promise<ScannerRig> {
  const clock = new ManualClock();
  let pipe = new FakeHelperPipe();
  const start = (): Promise<FakeHelperPipe> => {
    pipe = new PlayedHelper();
    return Promise.resolve(pipe);
  };
  const source = createLibfprintSource({ helperPath: 'unused', clock, start });
  const finger = (isPresent: boolean): void => pipe.say(helperRecord('f', Uint8Array.of(isPresent ? 2 : 0)));
  const unplug = (): Promise<void> => {
    pipe.say(helperRecord('x', Buffer.from('u')));
    return Promise.resolve();
  };
  return Promise.resolve({
    source,
    path: PLAYED_PATH,
    widthPx: 256,
    heightPx: 360,
    hasPreview: false,
    run: (durationMs) => clock.run(durationMs),
    settle: (promise) => clock.settle(promise),
    async putFinger({ widthPx, heightPx, pixels }) {
      await clock.run(10);
      finger(true);
      await clock.run(10);
      finger(false);
      pipe.say(helperImage(widthPx, heightPx, pixels));
    },
    async putFingerAndUnplugMidImage({ widthPx, heightPx, pixels }) {
      await clock.run(10);
      finger(true);
      await unplug();
      pipe.say(helperImage(widthPx, heightPx, pixels).subarray(0, 20_000));
    },
    unplug,
    plugIn: () => Promise.resolve(),
    expected: (image) => image.pixels,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

const PLAYED_PATH = 'libfprint:played:0';

/** Answers what the real helper answers to list, open and abort. */
class PlayedHelper extends FakeHelperPipe {
  override write(command: Uint8Array): void {
    super.write(command);
    const name = Buffer.from(command.subarray(2)).toString('utf8');
    switch (String.fromCharCode(command[0] ?? 0)) {
      case 'L':
        this.say(helperRecord('d', Buffer.from(`1\tplayed:0\tPlayed reader`)));
        return this.say(helperRecord('l'));
      case 'O':
        return this.say(name === 'played:0' ? helperRecord('o') : helperRecord('x', Buffer.from('0')));
      case 'A':
        return this.say(helperRecord('x', Buffer.from('a')));
      default:
    }
  }
}

const isWanted = process.env['RIDGEWAY_NEEDS_LIBFPRINT'] !== undefined;
scannerConformance(
  'libfprint through its virtual image device',
  makeRig,
  isWanted ? null : 'npm run test:libfprint runs it',
);
scannerConformance('libfprint driver over a played helper', makePlayedRig);
