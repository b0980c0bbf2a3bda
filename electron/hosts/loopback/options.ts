import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface LoopbackOptions {
  readonly dataFolder: string;
  readonly feedFolder: string | null;
  readonly resolutionPpi: number | null;
  readonly port: number;
  readonly people: number;
  readonly faults: readonly string[];
  /** In the place of the computer's own machine policy; null for that one. */
  readonly policyFile?: string | null;
}

/** Words of the command line that cannot be used; the message is the sentence for the person. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

function wholeNumber(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageFault(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

/** Reads the command line. @throws UsageFault with a sentence that says what to do */
export function parseLoopbackOptions(argv: readonly string[]): LoopbackOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        feed: { type: 'string' },
        ppi: { type: 'string' },
        port: { type: 'string', default: '0' },
        people: { type: 'string', default: '1000' },
        fault: { type: 'string', multiple: true, default: [] },
        policy: { type: 'string' },
      },
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageFault(`${reason} Known options: --data, --feed, --ppi, --port, --people, --fault, --policy.`);
  }
  return {
    dataFolder: values.data ?? join(homedir(), '.ridgeway'),
    feedFolder: values.feed ?? null,
    resolutionPpi: values.ppi === undefined ? null : wholeNumber(values.ppi, 'ppi', 100, 2_000),
    port: wholeNumber(values.port, 'port', 0, 65_535),
    people: wholeNumber(values.people, 'people', 2, 100_000),
    faults: values.fault,
    policyFile: values.policy ?? null,
  };
}
