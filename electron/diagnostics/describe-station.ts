import { cpus, release, totalmem } from 'node:os';
import path from 'node:path';
import { EVENT_OPERATIONS } from '../audit/event-codes.ts';
import { ConfigFault, parsePolicy, parseSettingsFile } from '../config/load-config.ts';
import type { PartResult } from '../self-test/part-result.ts';
import type { SelfTestReport } from '../self-test/self-test.ts';
import type { Devices, Platform } from '../station/platform.ts';
import { openForReading, type StationDatabase } from '../storage/database.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { codeOrWithheld, WITHHELD, withholdFigures } from './withhold.ts';

/** Versions and the computer, without its name or its account's. */
export function describeComputer({ version, clock }: Platform): object {
  // Electron's types promise its versions everywhere; in plain Node there are none.
  const versions: NodeJS.Dict<string> = process.versions;
  const { chrome = 'none', electron = 'none', node } = versions;
  return {
    at: new Date(clock.now()).toISOString(),
    versions: { ridgeway: version, node, electron, chrome },
    system: { platform: process.platform, architecture: process.arch, release: release() },
    processors: cpus().length,
    memoryBytes: totalmem(),
  };
}

/** The self-test, its figures reduced to numbers and codes. */
export function describeSelfTest({ version, isSound, parts }: SelfTestReport): object {
  const described = Object.entries(parts).map(([name, part]) => [name, describePart(part)]);
  return { version, isSound, parts: Object.fromEntries(described) };
}

function describePart(part: PartResult): object {
  switch (part.kind) {
    case 'absent':
      return { kind: part.kind, why: codeOrWithheld(part.why) };
    case 'sound':
      return { kind: part.kind, figures: withholdFigures(part.figures) };
    case 'broken':
      return { kind: part.kind, code: codeOrWithheld(part.code), figures: withholdFigures(part.figures) };
  }
}

/** Which settings the policy and the file bring. Numbers and truth values as they are; of a text, that it is set. */
export function describeSettings({ machinePolicy, settingsFile }: Platform): object {
  const read = (parse: () => object): object => {
    try {
      return valuesWithoutText(parse());
    } catch (fault) {
      if (!(fault instanceof ConfigFault)) throw fault;
      return { fault: fault.code, figures: withholdFigures(fault.figures) };
    }
  };
  return { policy: read(() => parsePolicy(machinePolicy)), file: read(() => parseSettingsFile(settingsFile)) };
}

function valuesWithoutText(values: object): object {
  const plain = Object.entries(values).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return [name, value];
    if (typeof value === 'object') return [name, valuesWithoutText(value)];
    return [name, typeof value === 'string' && value !== '' ? '(set)' : WITHHELD];
  });
  return Object.fromEntries(plain);
}

/** Scanners by their makers' numbers: no path, no serial number, no name. */
export async function describeScanners({ scanners }: Devices, signal: AbortSignal): Promise<object> {
  const hex = (number: number): string => number.toString(16).padStart(4, '0');
  try {
    const listed = await scanners.list(signal);
    return listed.map(({ vendorId, productId, isSimulated, profileId, refusal }) => ({
      device: `${hex(vendorId)}:${hex(productId)}`,
      isSimulated,
      hasProfile: profileId !== null,
      refusal,
    }));
  } catch (fault) {
    const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : null;
    return { fault: typeof code === 'string' ? codeOrWithheld(code) : WITHHELD };
  }
}

/** How many rows each table has and which events the log has, by code: no row, no actor, no reference. */
export async function describeDatabase(dataFolder: string): Promise<object> {
  try {
    await using database = await openForReading(path.join(dataFolder, 'ridgeway.sqlite'));
    return { rows: await rowsOf(database), events: await eventsOf(database) };
  } catch (fault) {
    if (!(fault instanceof StorageFault)) throw fault;
    return { fault: fault.code, figures: withholdFigures(fault.figures) };
  }
}

async function rowsOf(database: StationDatabase): Promise<Record<string, number>> {
  const tables: { name: string }[] = await database.run((connection) =>
    connection('sqlite_schema').where('type', 'table').whereNot('name', 'like', 'sqlite_%').select('name'),
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const [counted] = await database.run((connection) => connection(name).count({ rows: '*' }));
    if (/^[a-z_]{1,60}$/.test(name)) rows[name] = Number(counted?.['rows']);
  }
  return rows;
}

async function eventsOf(database: StationDatabase): Promise<Record<string, number>> {
  const counted: { code: string; events: number }[] = await database.run((connection) =>
    connection('audit_event').groupBy('code').select('code').count({ events: '*' }),
  );
  // A log that somebody altered may hold anything in the place of a code.
  return Object.fromEntries(
    counted.filter(({ code }) => code in EVENT_OPERATIONS).map(({ code, events }) => [code, Number(events)]),
  );
}
