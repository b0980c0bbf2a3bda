import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { parseSimulatedFault } from '../../../native-bridge/scanner/simulated-fault.ts';

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

/** What a fault wants that was written wrongly, by the part of it that is wrong. */
const FAULT_WANTS: Readonly<Record<string, string>> = {
  name: 'is not a fault: known are drop, corrupt, unplug-at, stall, dirty and latent',
  share: 'wants a share from 0 to 99 per cent, as in drop=6%',
  report: 'wants the number of a report, as in unplug-at=report:300',
  back: 'wants to know when the plug is put back, as in unplug-at=report:300,back:20s or back:never',
  value: 'takes no value: write the name alone',
};

/** One fault as it was written, once it is known to be one. @throws UsageFault */
function readFault(text: string): string {
  try {
    parseSimulatedFault(text);
    return text;
  } catch (error) {
    if (!(error instanceof ScannerFault)) throw error;
    throw new UsageFault(`--fault "${text}" ${FAULT_WANTS[String(error.figures['wrong'])] ?? 'is not known'}.`);
  }
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
    throw new UsageFault(`${reason} See npm start -- --help.`);
  }
  return {
    dataFolder: values.data ?? join(homedir(), '.ridgeway'),
    feedFolder: values.feed ?? null,
    resolutionPpi: values.ppi === undefined ? null : wholeNumber(values.ppi, 'ppi', 100, 2_000),
    port: wholeNumber(values.port, 'port', 0, 65_535),
    people: wholeNumber(values.people, 'people', 2, 100_000),
    faults: values.fault.map(readFault),
    policyFile: values.policy ?? null,
  };
}
