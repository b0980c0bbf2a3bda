import type { DatabaseName } from '../../contract/checks.ts';
import type { TestCaptureEvent } from '../../contract/scanners.ts';
import type { DatabaseStatus } from '../../search/search-provider.ts';
import { follow } from '../follow.ts';
import { runGlassCheck, runResolutionCheck } from '../scanners/scanner-checks.ts';
import type { ScannerRoom } from '../scanners/scanner-room.ts';
import { runTestCapture } from '../scanners/test-capture.ts';
import { effectsOf } from '../scanners/threshold-effects.ts';
import { type Gate, sessionOf } from './gate.ts';

export interface ScannersRouterParts {
  readonly room: Pick<ScannerRoom, 'care' | 'images' | 'profiles' | 'statistics'>;
  readonly databaseStatus: (name: DatabaseName) => DatabaseStatus;
  readonly log: { fault(code: string, cause: unknown): void };
}

/** For a call that came without a way to stop it. */
const UNSTOPPED = new AbortController().signal;

function isOver(event: TestCaptureEvent): boolean {
  return event.kind === 'done' || event.kind === 'failed';
}

/** The administrator's pages of scanners. Nothing here reaches a check; every image is erased before its call has ended. */
export function scannersRouter(gate: Gate, { databaseStatus, log, room }: ScannersRouterParts) {
  const { care, images, profiles, statistics } = room;
  const { scanners } = gate;
  return {
    list: scanners.list.handler(() => care.view()),
    choose: scanners.choose.handler(async ({ context, input }) => {
      await care.choose(sessionOf(context).userId, input.path);
      return care.view();
    }),
    name: scanners.name.handler(async ({ context, input }) => {
      await care.name(sessionOf(context).userId, input.path, input.name);
      return care.view();
    }),
    enrol: scanners.enrol.handler(async ({ context, input, signal = UNSTOPPED }) => {
      await care.enrol(sessionOf(context).userId, input.path, signal);
      return care.view();
    }),
    withdraw: scanners.withdraw.handler(async ({ context, input }) => {
      await care.withdraw(sessionOf(context).userId, input);
      return care.view();
    }),
    testCapture: scanners.testCapture.handler(({ context, input, signal }) => {
      const actor = sessionOf(context).userId;
      return follow<TestCaptureEvent>({
        first: { kind: 'waiting-for-finger' },
        subscribe(listener) {
          const leave = new AbortController();
          const both = AbortSignal.any([signal ?? UNSTOPPED, leave.signal]);
          void runTestCapture({ images, actor, path: input.path, signal: both, onEvent: listener })
            .catch((fault: unknown): TestCaptureEvent => {
              if (!both.aborted) log.fault('test-capture', fault);
              return { kind: 'failed', code: both.aborted ? 'scanner.test-cancelled' : 'station.fault' };
            })
            .then(listener);
          return () => leave.abort();
        },
        isLast: isOver,
        signal,
      });
    }),
    checkGlass: scanners.checkGlass.handler(({ context, input, signal = UNSTOPPED }) =>
      runGlassCheck(images, { actor: sessionOf(context).userId, path: input.path, signal }),
    ),
    checkResolution: scanners.checkResolution.handler(({ context, input, signal = UNSTOPPED }) =>
      runResolutionCheck(images, { actor: sessionOf(context).userId, path: input.path, signal }, input.spacingMm),
    ),
    statistics: scanners.statistics.handler(({ input }) => statistics.days(input.device, input.days)),
    thresholds: scanners.thresholds.handler(({ input }) => effectsOf(input, statistics, databaseStatus)),
    profiles: scanners.profiles.handler(() => profiles.rows()),
    importProfile: scanners.importProfile.handler(({ context, input }) =>
      profiles.import(sessionOf(context).userId, input.text),
    ),
    exportProfile: scanners.exportProfile.handler(({ input }) => profiles.export(input.profileId)),
    removeProfile: scanners.removeProfile.handler(({ context, input }) =>
      profiles.remove(sessionOf(context).userId, input.profileId),
    ),
  };
}
