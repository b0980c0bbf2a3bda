import type { PartOutcome, SelfTestEvent, TestedPart } from '../../contract/health.ts';
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
function outcomeOf(result: PartResult): PartOutcome {
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

  return {
    async *selfTest(signal) {
      if (isRunning) throw new Refusal('health.in-progress');
      isRunning = true;
      try {
        const tested: TestedPart[] = [];
        for (const part of PART_NAMES) {
          yield { kind: 'testing', part, of: PART_NAMES.length, tested: [...tested] };
          tested.push({ part, outcome: outcomeOf(await testPart(part)) });
          if (signal?.aborted === true) return;
        }
        const isSound = tested.every(({ outcome }) => outcome.kind !== 'broken');
        platform.log.note('self-test', { broken: tested.filter(({ outcome }) => outcome.kind === 'broken').length });
        yield { kind: 'ended', isSound, tested };
      } finally {
        isRunning = false;
      }
    },
  };
}
