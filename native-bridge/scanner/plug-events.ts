import { watch } from 'node:fs';
import type { PlugEvents } from './scanner-watch.ts';

/**
 * The plug events of this system: on Linux the kernel makes and removes /dev/hidraw nodes, which inotify tells; null
 * elsewhere, where a look now and then must do.
 */
export function systemPlugEvents(platform: NodeJS.Platform = process.platform, folder = '/dev'): PlugEvents | null {
  if (platform !== 'linux') return null;
  return (onEvent) => {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null && /^hidraw\d+$/.test(name)) onEvent();
    });
    // A folder that can no longer be watched leaves the slow round of looking.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  };
}
