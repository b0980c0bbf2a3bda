import { access, constants } from 'node:fs/promises';
import { createHidSource } from './hid-source.ts';
import { createImportedProfiles, type ImportedProfiles } from './imported-profiles.ts';
import { createLibfprintSource } from './libfprint/libfprint-source.ts';
import { systemPlugEvents } from './plug-events.ts';
import type { PlugEvents } from './scanner-watch.ts';
import type { ScannerSource } from './scanner.ts';

/** What this computer has of scanners, and how it tells. */
export interface SystemScanners {
  /** The HID bus first, then libfprint where its helper is. */
  readonly sources: readonly ScannerSource[];
  /** Where the HID source looks for profiles that were imported. */
  readonly importedProfiles: ImportedProfiles;
  readonly plugEvents: PlugEvents | null;
  /** True where udev's rules give the permission to open a device. */
  readonly hasUdev: boolean;
}

export interface SystemScannersOptions {
  /** Where the compiled `fprint-helper` would be; a station without one does without libfprint. */
  readonly helperPath: string | null;
  readonly platform?: NodeJS.Platform;
}

/** The sources of real scanners on this computer: at most the HID bus, and on Linux libfprint. */
export async function systemScanners(options: SystemScannersOptions): Promise<SystemScanners> {
  const { helperPath, platform = process.platform } = options;
  const isLinux = platform === 'linux';
  const importedProfiles = createImportedProfiles();
  const sources: ScannerSource[] = [createHidSource({ importedProfiles: () => importedProfiles.all() })];
  if (isLinux && helperPath !== null && (await isProgram(helperPath)))
    sources.push(createLibfprintSource({ helperPath }));
  return { sources, importedProfiles, plugEvents: systemPlugEvents(platform), hasUdev: isLinux };
}

function isProgram(filePath: string): Promise<boolean> {
  return access(filePath, constants.X_OK).then(
    () => true,
    () => false,
  );
}
