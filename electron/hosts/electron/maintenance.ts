import { app } from 'electron';
import { selfTest } from '../../self-test/self-test.ts';
import type { Devices } from '../../station/platform.ts';
import { createElectronPlatform } from './electron-platform.ts';

/** Ends with this code when a part of the station is broken. Source: docs/operations.md, "Switches and exit codes". */
const EXIT_BROKEN = 3;

/** True when the program was started to tell something and end, beside a station that may be running. */
export function isMaintenance(): boolean {
  return app.commandLine.hasSwitch('version') || app.commandLine.hasSwitch('self-test');
}

/** `--version` prints the version, `--self-test` one JSON line; neither opens a window. */
export async function maintain(makeDevices: () => Promise<Devices & AsyncDisposable>): Promise<void> {
  if (app.commandLine.hasSwitch('version')) {
    console.log(app.getVersion());
    app.exit(0);
    return;
  }
  await using devices = await makeDevices();
  const report = await selfTest(await createElectronPlatform(), devices);
  console.log(JSON.stringify(report));
  app.exit(report.isSound ? 0 : EXIT_BROKEN);
}

/** What keeps even the self-test from running, as one JSON line. */
export function endWith(fault: unknown): void {
  console.log(JSON.stringify({ isSound: false, fault: fault instanceof Error ? fault.message : String(fault) }));
  app.exit(EXIT_BROKEN);
}
