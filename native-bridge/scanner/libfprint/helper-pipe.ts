import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { ScannerFault } from '../scanner-fault.ts';

/** The two ends of a helper process, as the driver sees them. */
export interface HelperPipe {
  write(command: Uint8Array): void;
  /** Names the one listener of the helper's bytes, which are cleared after the call. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Names the one listener of the helper's end, called once; at once when it has ended already. */
  onExit(listener: () => void): void;
  /** Lets the helper go; one that will not is stopped. */
  close(): void;
}

/** Time that a helper has to end by itself, ms. */
const CLOSE_LIMIT_MS = 2_000;

/**
 * Starts the helper program.
 * @param environment variables for the helper on top of the station's path; libfprint's virtual device is named in one
 * @throws ScannerFault `scanner.driver-missing` when there is no such program
 */
export async function startHelper(
  helperPath: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<HelperPipe> {
  try {
    await access(helperPath, constants.X_OK);
  } catch (cause) {
    throw new ScannerFault('scanner.driver-missing', { library: 'libfprint' }, { cause });
  }
  const child = spawn(helperPath, [], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  let hasEnded = false;
  let onExit: (() => void) | undefined;
  let onBytes: ((bytes: Uint8Array) => void) | undefined;
  child.stdout.on('data', (bytes: Buffer) => {
    try {
      onBytes?.(bytes);
    } finally {
      bytes.fill(0);
    }
  });
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    onExit?.();
  };
  child.on('exit', end);
  child.on('error', end);
  // A command that meets a helper which has just died is no fault of its own: the exit tells.
  child.stdin.on('error', () => {});
  return {
    write: (command) => void child.stdin.write(command),
    onBytes(listener) {
      onBytes = listener;
    },
    onExit(listener) {
      onExit = listener;
      if (hasEnded) listener();
    },
    close() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS);
      timer.unref();
      child.on('exit', () => clearTimeout(timer));
    },
  };
}
