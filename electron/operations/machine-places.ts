import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Made by the Linux packages for the station's account. */
const LINUX_DATA_FOLDER = '/var/lib/ridgeway';
/** Made by the Windows installers below `%ProgramData%`. */
const WINDOWS_DATA_FOLDER = 'Ridgeway';

/** What decides where a station keeps what it writes. */
export interface Place {
  readonly system: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** False in a run from the sources, which never touches what is machine-wide. */
  readonly isPackaged: boolean;
  /** The account's own folder. */
  readonly own: string;
}

/**
 * The folder of the station's data: machine-wide where the installer made one, so that every account of the computer has
 * the same log and counts; the account's own elsewhere, and in a run that is not packaged.
 */
export async function dataFolder({ system, environment, isPackaged, own }: Place): Promise<string> {
  if (!isPackaged) return own;
  const programData = environment['ProgramData'];
  if (system === 'win32' && programData === undefined) return own;
  const shared = system === 'win32' ? path.win32.join(programData ?? '', WINDOWS_DATA_FOLDER) : LINUX_DATA_FOLDER;
  const isWritable = await access(shared, constants.W_OK).then(
    () => true,
    () => false,
  );
  return isWritable ? shared : own;
}
