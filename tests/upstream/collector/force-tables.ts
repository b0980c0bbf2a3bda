import type { Knex } from 'knex';

/** The counts of all stations of a force, summed: the base data of its publication, not yet fit to be published. */
export interface ForceTables {
  readonly force: string;
  readonly from: string;
  readonly to: string;
  readonly stations: number;
  /** Months of stations that have not reported. */
  readonly missing: readonly { readonly month: string; readonly stations: number }[];
  readonly rows: readonly { readonly month: string; readonly cell: string; readonly total: number }[];
}

interface CellRow {
  force: string;
  month: string;
  cell: string;
  total: number;
}

/** Sums the newest revisions of a force's stations from the first month to the last, both included. */
export async function forceTables(connection: Knex, force: string, from: string, to: string): Promise<ForceTables> {
  const period = [from, to] as const;
  const rows = await connection<CellRow>('month_cell')
    .where({ force })
    .whereBetween('month', [...period])
    .groupBy('month', 'cell')
    .select<{ month: string; cell: string; sum: number | string }[]>(
      'month',
      'cell',
      connection.raw('sum(total) AS sum'),
    )
    .orderBy(['month', 'cell']);
  const [stations]: { total: number | string }[] = await connection('station').where({ force }).count({ total: '*' });
  const reported = await connection<{ force: string; month: string }>('newest')
    .where({ force })
    .whereBetween('month', [...period])
    .groupBy('month')
    .select<{ month: string; sum: number | string }[]>('month', connection.raw('count(*) AS sum'))
    .orderBy('month');
  const all = Number(stations?.total ?? 0);
  return {
    force,
    from,
    to,
    stations: all,
    missing: reported
      .map(({ month, sum }) => ({ month, stations: all - Number(sum) }))
      .filter((month) => month.stations > 0),
    // PostgreSQL answers sums as text, because they may not fit a number; these do.
    rows: rows.map(({ month, cell, sum }) => ({ month, cell, total: Number(sum) })),
  };
}

/** The heads of a station's audit log that came with its documents. */
export async function stationAnchors(
  connection: Knex,
  force: string,
  station: string,
): Promise<readonly { readonly sequence: number; readonly hash: string }[]> {
  return connection('anchor').where({ force, station }).select('sequence', 'hash').orderBy('sequence');
}
