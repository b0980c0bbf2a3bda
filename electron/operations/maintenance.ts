import { writeFile } from 'node:fs/promises';
import { exportDiagnostics } from '../diagnostics/export-diagnostics.ts';
import { selfTest } from '../self-test/self-test.ts';
import type { Devices, Platform } from '../station/platform.ts';

/** What the program may be asked to tell, instead of opening a window. Source: docs/operations.md, "Switches". */
const ASKED = ['version', 'self-test', 'export-diagnostics'] as const;

/** Codes with which it ends. Source: docs/operations.md, "Exit codes". */
const EXIT = { sound: 0, couldNotRun: 1, broken: 3 } as const;

/** The words that the program was started with. */
export interface Switches {
  isThere(name: string): boolean;
  /** What stands behind `=`; empty where nothing does. */
  valueOf(name: string): string;
}

export interface Maintenance {
  readonly switches: Switches;
  readonly version: string;
  readonly makePlatform: () => Promise<Platform>;
  readonly makeDevices: () => Promise<Devices & AsyncDisposable>;
  /** Standard output; a program with windows has none on Windows, where `--report=FILE` takes its place. */
  readonly print: (line: string) => void;
}

/** True when the program was started to tell something and end, beside a station that may be running. */
export function isMaintenance(switches: Switches): boolean {
  return ASKED.some((name) => switches.isThere(name));
}

/**
 * Tells what was asked for in one line, JSON but for the version, and answers the code to end with. Whatever keeps it from
 * telling is a line too.
 */
export async function maintain({ switches, version, makePlatform, makeDevices, print }: Maintenance): Promise<number> {
  const tell = async (line: string): Promise<void> => {
    print(line);
    if (switches.valueOf('report') !== '') await writeFile(switches.valueOf('report'), `${line}\n`);
  };
  try {
    if (switches.isThere('version')) {
      await tell(version);
      return EXIT.sound;
    }
    const platform = await makePlatform();
    await using devices = await makeDevices();
    if (switches.isThere('export-diagnostics')) {
      const wanted = switches.valueOf('export-diagnostics');
      await tell(JSON.stringify(await exportDiagnostics(platform, devices, wanted === '' ? null : wanted)));
      return EXIT.sound;
    }
    const report = await selfTest(platform, devices);
    await tell(JSON.stringify(report));
    return report.isSound ? EXIT.sound : EXIT.broken;
  } catch (fault) {
    // The file of the report may be what cannot be written.
    print(JSON.stringify({ isSound: false, fault: fault instanceof Error ? fault.message : String(fault) }));
    return EXIT.couldNotRun;
  }
}
