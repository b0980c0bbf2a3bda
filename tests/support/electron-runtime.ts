import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = path.resolve(import.meta.dirname, '../../node_modules/electron');

/** Where Electron's runtime is, or why there is none. */
export type ElectronRuntime =
  | { readonly kind: 'present'; readonly executable: string }
  | { readonly kind: 'absent'; readonly reason: string };

/**
 * Looks for the runtime without loading the `electron` package, which would try to fetch it: the folder that the package
 * would unpack it to, or the one that `ELECTRON_OVERRIDE_DIST_PATH` names.
 */
export function findElectronRuntime(): ElectronRuntime {
  const pathFile = path.join(PACKAGE, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : defaultName();
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(PACKAGE, 'dist');
  const executable = path.join(folder, name);
  if (existsSync(executable)) return { kind: 'present', executable };
  return { kind: 'absent', reason: "Electron's runtime is not on this machine" };
}

function defaultName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
