import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Source of the helper program. */
const SOURCE = path.join(import.meta.dirname, 'fprint-helper.c');

/**
 * Compiles the helper to `target` with the system's compiler and libfprint's headers (Debian: gcc, pkg-config,
 * libfprint-2-dev, libglib2.0-dev).
 * @throws Error with the compiler's words
 */
export async function buildHelper(target: string): Promise<void> {
  const { stdout } = await run('pkg-config', ['--cflags', '--libs', 'libfprint-2', 'gio-unix-2.0']);
  const flags = stdout.trim().split(/\s+/);
  await mkdir(path.dirname(target), { recursive: true });
  await run('cc', ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', SOURCE, '-o', target, ...flags]);
}
