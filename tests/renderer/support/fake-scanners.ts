import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import type {
  GlassReport,
  ProfileImport,
  ResolutionReport,
  ScannerDay,
  ScannerRow,
  ScannersView,
  TestCaptureEvent,
  ThresholdEffects,
} from '../../../electron/contract/scanners.ts';
import type { StationContract } from '../../../electron/contract/station-contract.ts';
import {
  EXAMPLE_DIRTY_GLASS,
  EXAMPLE_EFFECTS,
  EXAMPLE_PROFILES,
  EXAMPLE_SCANNERS_VIEW,
  EXAMPLE_TEST,
  EXAMPLE_WRONG_RESOLUTION,
  exampleDays,
} from './example-scanners.ts';

/** What the fake station says of its scanners; a test changes any of it. */
export class FakeScanners {
  view: ScannersView = EXAMPLE_SCANNERS_VIEW;
  test: readonly TestCaptureEvent[] = EXAMPLE_TEST;
  /** The test stops before its last event, until nobody follows it any more. */
  isTestEndless = false;
  /** How many endless tests were left. */
  testsLeft = 0;
  glass: GlassReport = EXAMPLE_DIRTY_GLASS;
  resolution: ResolutionReport = EXAMPLE_WRONG_RESOLUTION;
  days: (days: number) => ScannerDay[] = exampleDays;
  effects: ThresholdEffects = EXAMPLE_EFFECTS;
  import: ProfileImport = {
    kind: 'imported',
    profileId: 'desk-reader-2',
    hasReplaced: false,
    profiles: [...EXAMPLE_PROFILES],
  };

  /** Changes one scanner of the view. */
  change(path: string, changes: Partial<ScannerRow>): ScannersView {
    const scanners = this.view.scanners.map((row) => (row.path === path ? { ...row, ...changes } : row));
    this.view = { ...this.view, scanners };
    return this.view;
  }

  implement<Context extends Record<PropertyKey, unknown>>(
    os: ImplementerInternalWithMiddlewares<StationContract, Context, Context>,
  ) {
    const { scanners } = os;
    return {
      list: scanners.list.handler(() => this.view),
      choose: scanners.choose.handler(({ input }) => {
        for (const { isChosen, path } of this.view.scanners) if (isChosen) this.change(path, { isChosen: false });
        return this.change(input.path, { isChosen: true });
      }),
      name: scanners.name.handler(({ input }) => this.change(input.path, { givenName: input.name })),
      enrol: scanners.enrol.handler(({ input }) => this.change(input.path, { isEnrolled: true, refusal: null })),
      withdraw: scanners.withdraw.handler(({ input }) => {
        const known = this.view.scanners.find(({ serialNumber }) => serialNumber === input.serialNumber);
        const absent = this.view.absent.filter(({ serialNumber }) => serialNumber !== input.serialNumber);
        this.view = { ...this.view, absent };
        return known === undefined
          ? this.view
          : this.change(known.path, { isEnrolled: false, refusal: 'not-enrolled' });
      }),
      testCapture: scanners.testCapture.handler(({ signal }) => this.#test(signal)),
      checkGlass: scanners.checkGlass.handler(() => this.glass),
      checkResolution: scanners.checkResolution.handler(() => this.resolution),
      statistics: scanners.statistics.handler(({ input }) => this.days(input.days)),
      thresholds: scanners.thresholds.handler(({ input }) => ({
        ...this.effects,
        belowQuality: Math.min(this.effects.captures, input.minimumQuality),
      })),
      profiles: scanners.profiles.handler(() => [...EXAMPLE_PROFILES]),
      importProfile: scanners.importProfile.handler(() => this.import),
      exportProfile: scanners.exportProfile.handler(({ input }) => ({
        text: `{\n  "format": 1,\n  "profileId": "${input.profileId}"\n}\n`,
        filePath: `/var/lib/ridgeway/scanner-profiles/${input.profileId}.json`,
      })),
      removeProfile: scanners.removeProfile.handler(({ input }) =>
        EXAMPLE_PROFILES.filter(({ profileId }) => profileId !== input.profileId),
      ),
    };
  }

  async *#test(signal: AbortSignal | undefined): AsyncGenerator<TestCaptureEvent, void> {
    const events = this.isTestEndless ? this.test.slice(0, -1) : this.test;
    for (const event of events) yield event;
    if (!this.isTestEndless) return;
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
    this.testsLeft += 1;
  }
}
