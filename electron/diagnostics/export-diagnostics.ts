import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { selfTest } from '../self-test/self-test.ts';
import type { Devices, Platform } from '../station/platform.ts';
import { describeLog } from './describe-log.ts';
import {
  describeComputer,
  describeDatabase,
  describeScanners,
  describeSelfTest,
  describeSettings,
} from './describe-station.ts';

/** The archive that was written. */
export interface DiagnosticsReport {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: readonly string[];
}

/** Longest that listing the scanners may take, milliseconds. */
const SCANNERS_DEADLINE_MS = 10_000;

const README = `Ridgeway: diagnostics for whoever supports the station.

It holds versions, the self-test, which settings are set, the number of rows of each table, the number of audit events by
code, scanners by their makers' numbers, and the technical log reduced to codes and numbers.

It holds no text that anybody typed, no name, no reference, no serial number, no path, no address, no key, no password and
no byte of a print. Whatever is not known to be a code is written as "(withheld)".
`;

/**
 * Writes one ZIP file for whoever supports the station, and changes nothing. May be run beside a station that is running,
 * whose database is then not looked into. Without a name the file lies in the folder `diagnostics` of the data folder.
 */
export async function exportDiagnostics(
  platform: Platform,
  devices: Devices,
  filePath: string | null = null,
): Promise<DiagnosticsReport> {
  const report = await selfTest(platform, devices);
  const scanners = await describeScanners(devices, AbortSignal.timeout(SCANNERS_DEADLINE_MS));
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const entries: Readonly<Record<string, string>> = {
    'README.txt': README,
    'computer.json': json(describeComputer(platform)),
    'self-test.json': json(describeSelfTest(report)),
    'settings.json': json(describeSettings(platform)),
    'database.json': json(await describeDatabase(platform.folders.data)),
    'scanners.json': json(scanners),
    'log.jsonl': await describeLog(platform.folders.logs),
  };
  const packed = Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)]));
  const archive = zipSync(packed, { mtime: new Date(platform.clock.now()) });
  const file = path.resolve(filePath ?? defaultPlace(platform));
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await using written = await open(file, 'w', 0o600);
  await written.writeFile(archive);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  return { file, bytes: archive.length, sha256, entries: Object.keys(entries) };
}

function defaultPlace({ folders, clock }: Platform): string {
  const moment = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  return path.join(folders.data, 'diagnostics', `ridgeway-diagnostics-${moment}.zip`);
}
