import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CustomWindowsSignTaskConfiguration } from 'electron-builder';

/**
 * Signs one file with the force's own program: `RIDGEWAY_SIGN_COMMAND`, called with the file's path. No certificate and no
 * password passes through this project. @throws Error when the command fails, which fails the build
 */
export async function signWithCommand({ path }: CustomWindowsSignTaskConfiguration): Promise<void> {
  const command = process.env['RIDGEWAY_SIGN_COMMAND'];
  if (command === undefined) throw new Error('RIDGEWAY_SIGN_COMMAND names no program to sign with');
  await promisify(execFile)(command, [path]);
}
