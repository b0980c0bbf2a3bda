import { readdir, readlink } from 'node:fs/promises';

/** Most processes that are looked through; a station has a few hundred. */
const MAXIMUM_PROCESSES = 4_000;

/**
 * Tells whether another process holds a device node open (Linux, as far as this user may look). Linux lets any number
 * of programs open a HID device and gives each its own copy of every report, so nothing else would tell: two programs
 * would talk to one scanner at cross purposes.
 */
export async function isHeldElsewhere(devicePath: string, processFolder = '/proc'): Promise<boolean> {
  if (process.platform !== 'linux' || !devicePath.startsWith('/dev/')) return false;
  const own = String(process.pid);
  const names = await readdir(processFolder).catch((): string[] => []);
  const others = names.filter((name) => /^\d+$/.test(name) && name !== own).slice(0, MAXIMUM_PROCESSES);
  for (const name of others) {
    const folder = `${processFolder}/${name}/fd`;
    // A process of another user, or one that has just ended, shows nothing.
    const files = await readdir(folder).catch((): string[] => []);
    for (const file of files) {
      if ((await readlink(`${folder}/${file}`).catch(() => '')) === devicePath) return true;
    }
  }
  return false;
}
