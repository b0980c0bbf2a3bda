import { readdirSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type { PlugEvents } from './scanner-watch.ts';

/**
 * The plug events of this system: on Linux the kernel makes and removes /dev/hidraw nodes, and those of all other USB
 * devices (readers behind libfprint) under /dev/bus/usb, which inotify tells; null elsewhere, where a look now and then
 * must do.
 */
export function systemPlugEvents(
  platform: NodeJS.Platform = process.platform,
  deviceFolder = '/dev',
): PlugEvents | null {
  if (platform !== 'linux') return null;
  return (onEvent) => {
    const watchers: FSWatcher[] = [];
    const follow = (folder: string, isWanted: (name: string) => boolean): void => {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && isWanted(name)) onEvent();
      });
      // A folder that can no longer be watched leaves the slow round of looking.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    };
    follow(deviceFolder, (name) => /^hidraw\d+$/.test(name));
    for (const bus of usbBuses(deviceFolder)) follow(bus, (name) => /^\d+$/.test(name));
    return () => {
      for (const watcher of watchers) watcher.close();
    };
  };
}

/** Several sources' events as one; null when one of them has none, for then it must be looked at now and then. */
export function joinPlugEvents(...sources: readonly (PlugEvents | null)[]): PlugEvents | null {
  const known = sources.filter((source) => source !== null);
  if (known.length < sources.length) return null;
  return (onEvent) => {
    const stops = known.map((subscribe) => subscribe(onEvent));
    return () => {
      for (const stop of stops) stop();
    };
  };
}

/** Buses are there from the start of the computer; a machine without USB has none. */
function usbBuses(deviceFolder: string): string[] {
  const folder = path.join(deviceFolder, 'bus', 'usb');
  try {
    return readdirSync(folder).map((bus) => path.join(folder, bus));
  } catch {
    return [];
  }
}
