import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseEvent } from '../../audit/chain.ts';
import { inconsistencyOf } from '../../domain/counts/consistency.ts';
import type { MonthCounts } from '../../domain/counts/consistency.ts';
import { CELL_NAMES } from '../../domain/counts/count-cell.ts';
import type { Release } from '../../domain/counts/disclosure/release.ts';
import { monthOf } from '../../domain/counts/month.ts';
import type { Month } from '../../domain/counts/month.ts';
import { createAuditStore } from '../../storage/audit-store.ts';
import { createCountStore } from '../../storage/count-store.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { createReleaseStore } from '../../storage/release-store.ts';
import { CountsFault } from '../counts-fault.ts';
import { placeCode } from '../count-document.ts';
import { parseRelease } from './release-json.ts';

/** What a publication is made from: exact counts, and what was published before. */
export interface PackSource {
  /** Whose counts they are, in words for the reader. */
  readonly counts: ReadonlyMap<Month, MonthCounts>;
  readonly earlier: readonly Release[];
  /** The first month of service, or null when it is not known. */
  readonly inUseSince: Month | null;
  /** Stations that did not report in a month; empty for a single station. */
  readonly missing: readonly { readonly month: Month; readonly stations: number }[];
}

/** Takes the counts of this station. */
export async function stationSource(database: StationDatabase, from: Month, to: Month): Promise<PackSource> {
  const rows = await createCountStore(database).between(from, to);
  const first = await createAuditStore(database).bySequence(1);
  const event = first === null ? null : parseEvent(first.event);
  return {
    counts: countsByMonth(rows),
    earlier: (await createReleaseStore(database).all()).map(parseRelease),
    inUseSince: event === null ? null : monthOf(Date.parse(event.at)),
    missing: [],
  };
}

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const exported = z.strictObject({
  force: placeCode,
  from: month,
  to: month,
  stations: z.number().int().min(0),
  missing: z.array(z.strictObject({ month, stations: z.number().int().min(1) })),
  rows: z.array(z.strictObject({ month, cell: z.enum(CELL_NAMES), total: z.number().int().min(0) })),
});

/**
 * Takes a force's tables as its collector serves them (docs/counts-api.md), and the earlier releases from a file of them.
 * @throws CountsFault `counts.source-unreadable`
 */
export async function collectorSource(filePath: string, earlier: readonly Release[]): Promise<PackSource> {
  try {
    const tables = exported.parse(JSON.parse(await readFile(filePath, 'utf8')));
    const counts = countsByMonth(tables.rows);
    return { counts, earlier, inUseSince: [...counts.keys()].sort()[0] ?? null, missing: tables.missing };
  } catch (error) {
    throw new CountsFault('counts.source-unreadable', { reason: 'collector-export' }, { cause: error });
  }
}

function countsByMonth(
  rows: readonly { readonly month: Month; readonly cell: string; readonly total: number }[],
): ReadonlyMap<Month, MonthCounts> {
  const counts = new Map<Month, Record<string, number>>();
  for (const { month: of, cell, total } of rows) {
    const cells = counts.get(of) ?? {};
    cells[cell] = total;
    counts.set(of, cells);
  }
  for (const cells of counts.values()) {
    const inconsistency = inconsistencyOf(cells);
    if (inconsistency !== null) throw new CountsFault('counts.source-unreadable', { inconsistency });
  }
  return counts;
}
