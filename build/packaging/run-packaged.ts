import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractAll } from '@electron/asar';
import { z } from 'zod';

/** What the packaged code did. */
export interface RunReport {
  readonly isSound: boolean;
  /** The run's own JSON line, or what it said when it failed. */
  readonly words: string;
  /** What the packaged self-test says of this machine; null when it could not run. */
  readonly selfTest: SelfTest | null;
}

const selfTest = z.looseObject({
  version: z.string(),
  parts: z.record(z.string(), z.looseObject({ kind: z.string() })),
});
export type SelfTest = z.infer<typeof selfTest>;

/** How long the packaged code may take to start, answer and end, milliseconds. */
const RUN_DEADLINE_MS = 120_000;

/** Runs the packaged code with these words; answers what it printed. */
type Run = (...words: readonly string[]) => Promise<string>;

/**
 * Unpacks the archive of an application folder, natives beside it as they are at run time, somewhere far from the
 * project's own node_modules, and lets it be run under Node with the fake `electron`.
 */
async function withApplication<T>(projectFolder: string, unpacked: string, work: (run: Run) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-packaged-'));
  const asar = path.join(unpacked, 'resources/app.asar');
  try {
    const application = path.join(folder, 'application');
    extractAll(asar, application);
    await cp(`${asar}.unpacked`, application, { recursive: true });
    const host = path.join(projectFolder, 'tests/packaging/packaged-host.ts');
    return await work(async (...words) => {
      const options = { timeout: RUN_DEADLINE_MS };
      return (await promisify(execFile)(process.execPath, [host, application, ...words], options)).stdout.trim();
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The host of the package answers the contract on a new data folder, and then its self-test runs on that. */
export async function runPackaged(projectFolder: string, unpacked: string, dataFolder: string): Promise<RunReport> {
  try {
    return await withApplication(projectFolder, unpacked, async (run) => {
      const words = await run(dataFolder);
      return { isSound: true, words, selfTest: readSelfTest(await run(dataFolder, '--self-test')) };
    });
  } catch (fault) {
    return { isSound: false, selfTest: null, words: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** The self-test of a package alone, on the data of one that ran before it. @throws Error when it does not run */
export function selfTestPackaged(projectFolder: string, unpacked: string, dataFolder: string): Promise<SelfTest> {
  return withApplication(projectFolder, unpacked, async (run) => readSelfTest(await run(dataFolder, '--self-test')));
}

function readSelfTest(line: string): SelfTest {
  return selfTest.parse(JSON.parse(line));
}
