import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractAll } from '@electron/asar';

/** What the packaged code did. */
export interface RunReport {
  readonly isSound: boolean;
  /** The run's own JSON line, or what it said when it failed. */
  readonly words: string;
  /** What the packaged self-test says of this machine; null when it could not run. */
  readonly selfTest: unknown;
}

/** How long the packaged code may take to start, answer and end, milliseconds. */
const RUN_DEADLINE_MS = 120_000;

/**
 * Unpacks the archive of an application folder, natives beside it as they are at run time, somewhere far from the
 * project's own node_modules, and runs it under Node with the fake `electron`.
 */
export async function runPackaged(projectFolder: string, unpacked: string): Promise<RunReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-packaged-'));
  const asar = path.join(unpacked, 'resources/app.asar');
  try {
    const application = path.join(folder, 'application');
    extractAll(asar, application);
    await cp(`${asar}.unpacked`, application, { recursive: true });
    const host = path.join(projectFolder, 'tests/packaging/packaged-host.ts');
    const words = [host, application, path.join(folder, 'data')];
    const run = promisify(execFile);
    const answers = await run(process.execPath, words, { timeout: RUN_DEADLINE_MS });
    const selfTest = await run(process.execPath, [...words, '--self-test'], { timeout: RUN_DEADLINE_MS });
    return { isSound: true, words: answers.stdout.trim(), selfTest: JSON.parse(selfTest.stdout) };
  } catch (fault) {
    return { isSound: false, selfTest: null, words: fault instanceof Error ? fault.message : String(fault) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
