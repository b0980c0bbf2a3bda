import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { app } from 'electron';

/** Made by the Linux packages for the station's account. */
const LINUX_DATA_FOLDER = '/var/lib/ridgeway';

/**
 * The folder of the station's data: machine-wide where the installer made one, so that every account of the computer has
 * the same log and counts; the account's own elsewhere, and in a run that is not packaged.
 */
export async function dataFolder(): Promise<string> {
  const own = app.getPath('userData');
  if (!app.isPackaged) return own;
  const shared =
    process.platform === 'win32' ? path.join(process.env['ProgramData'] ?? own, 'Ridgeway') : LINUX_DATA_FOLDER;
  const isWritable = await access(shared, constants.W_OK).then(
    () => true,
    () => false,
  );
  return isWritable ? shared : own;
}
