import type { PartFinding, SelfTestEvent, TestedPart } from '../../contract/health.ts';
import { technicalCode, technicalFigures } from '../../contract/health.ts';
import type { PartResult } from '../../self-test/part-result.ts';
import { PART_NAMES, selfTest, type PartName } from '../../self-test/self-test.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Devices, Platform } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface HealthDeskOptions {
  readonly platform: Platform;
  readonly devices: Devices;
  readonly database: StationDatabase;
}

/** The self-test of a station that is running, one at a time. */
export interface HealthDesk {
  /** @throws Refusal `health.in-progress` */
  selfTest(signal: AbortSignal | undefined): AsyncGenerator<SelfTestEvent, void, void>;
}

/** What does not fit the contract's codes is left out of what the page is told; the part's own result is not changed. */
function findingOf(result: PartResult): PartFinding {
  switch (result.kind) {
    case 'absent':
      return { kind: 'absent', why: codeOf(result.why) };
    case 'sound':
      return { kind: 'sound', figures: figuresOf(result.figures) };
    case 'broken':
      return { kind: 'broken', code: codeOf(result.code), figures: figuresOf(result.figures) };
  }
}

function codeOf(code: string): string {
  return technicalCode.safeParse(code).data ?? 'code-unreadable';
}

function figuresOf(figures: Readonly<Record<string, number | string>>): Record<string, number | string> {
  const fitting = Object.entries(figures).map(
    ([key, value]) => technicalFigures.safeParse({ [key]: value }).data ?? {},
  );
  return Object.assign({}, ...fitting);
}

/** Makes the desk. */
export function createHealthDesk({ platform, devices, database }: HealthDeskOptions): HealthDesk {
  let isRunning = false;

  async function testPart(name: PartName): Promise<PartResult> {
    // The running station holds its own file: no other connection may open it, so it is read through this one.
    if (name === 'database') {
      return (await database.findDamage()) === null
        ? { kind: 'sound', figures: {} }
        : { kind: 'broken', code: 'storage.corrupted', figures: {} };
    }
    const { parts } = await selfTest(platform, devices, [name]);
    return parts[name] ?? { kind: 'absent', why: 'not-tested' };
  }

  async function* run(signal: AbortSignal | undefined): AsyncGenerator<SelfTestEvent, void, void> {
    isRunning = true;
    try {
      const tested: TestedPart[] = [];
      for (const part of PART_NAMES) {
        yield { kind: 'testing', part, of: PART_NAMES.length, tested: [...tested] };
        tested.push({ part, finding: findingOf(await testPart(part)) });
        if (signal?.aborted === true) return;
      }
      const broken = tested.filter(({ finding }) => finding.kind === 'broken').length;
      platform.log.note('self-test', { broken });
      yield { kind: 'ended', isSound: broken === 0, tested };
    } finally {
      isRunning = false;
    }
  }

  return {
    // Not a generator itself: a refusal has to be thrown by the call, before anything is streamed.
    selfTest(signal) {
      if (isRunning) throw new Refusal('health.in-progress');
      return run(signal);
    },
  };
}
