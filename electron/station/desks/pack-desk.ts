import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenPack } from '../../contract/counts.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { CountsFault } from '../../counts/counts-fault.ts';
import { stationSource } from '../../counts/pack/pack-source.ts';
import { makePackInTurns, takeEmptyFolder, writePack } from '../../counts/pack/transparency-pack.ts';
import { DEFAULT_THRESHOLD } from '../../domain/counts/disclosure/parameters.ts';
import type { Month } from '../../domain/counts/month.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { createReleaseStore } from '../../storage/release-store.ts';
import type { Clock } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface PackDeskOptions {
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly dataFolder: string;
  readonly publisher: () => string;
}

/** Makes publications of the station's counts. */
export interface PackDesk {
  /** @throws Refusal `pack.period-refused` for months that are open or in the wrong order, `pack.unsafe` */
  makePack(actor: string, from: Month, to: Month): Promise<WrittenPack>;
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof CountsFault)) return error;
  if (error.code === 'counts.period-refused') return new Refusal('pack.period-refused', { cause: error });
  return error.code === 'counts.release-unsafe' ? new Refusal('pack.unsafe', { cause: error }) : error;
}

/** Makes the desk. Publications lie in the station's data folder, one folder each, and are never overwritten. */
export function createPackDesk({ audit, clock, dataFolder, database, publisher }: PackDeskOptions): PackDesk {
  async function write(actor: string, from: Month, to: Month): Promise<WrittenPack> {
    const nowMs = clock.now();
    const made = new Date(nowMs).toISOString().replaceAll(':', '').slice(0, 17);
    const source = await stationSource(database, from, to);
    const pack = await makePackInTurns(source, {
      from,
      to,
      publisher: publisher(),
      threshold: DEFAULT_THRESHOLD,
      nowMs,
    });
    const folder = join(dataFolder, 'publications', `${from}-to-${to}-made-${made}`);
    await mkdir(join(dataFolder, 'publications'), { recursive: true, mode: 0o700 });
    await takeEmptyFolder(folder);
    // Kept before it is written: a release that is known and not published harms nobody, the other way round it does.
    await database.transaction(async () => {
      await createReleaseStore(database).add(new Date(nowMs).toISOString().slice(0, 10), JSON.stringify(pack.release));
      await audit.append({ code: 'pack-made', actor, reference: null, details: { from, to } });
    });
    await writePack(pack.files, folder);
    const suppressedCells = pack.release.rows.reduce((sum, { hidden }) => sum + hidden.length, 0);
    return { folder, files: pack.files.length, suppressedCells };
  }

  return {
    makePack: (actor, from, to) =>
      write(actor, from, to).catch((error: unknown) => {
        throw refusalOf(error);
      }),
  };
}
