import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';

/** How long a fetch of the runtime may go without an end, milliseconds. Source: the issue asks for "a few seconds". */
const FETCH_DEADLINE_MS = 6_000;

/**
 * The Electron executable that lies in the package's folder, or null. The package is not loaded for this: loading it
 * starts a download and throws when that fails.
 */
export async function findElectronRuntime(projectFolder: string): Promise<string | null> {
  const packageFolder = path.join(projectFolder, 'node_modules/electron');
  try {
    const name = (await readFile(path.join(packageFolder, 'path.txt'), 'utf8')).trim();
    const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
    const executable = path.join(override ?? path.join(packageFolder, 'dist'), name);
    await access(executable);
    return executable;
  } catch {
    return null;
  }
}

/** True where a window could be shown at all. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform !== 'linux') return true;
  return environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined;
}

/** Asks the package's own installer for the runtime and gives up after a few seconds. */
export async function fetchElectronRuntime(projectFolder: string): Promise<string | null> {
  const installer = path.join(projectFolder, 'node_modules/electron/install.js');
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: FETCH_DEADLINE_MS });
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  return findElectronRuntime(projectFolder);
}
