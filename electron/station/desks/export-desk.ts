import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { ExportPeriod } from '../../audit/export-log.ts';
import { writeExport } from '../../audit/write-export.ts';
import type { WrittenExport } from '../../contract/audit.ts';
import { createAuditStore } from '../../storage/audit-store.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Clock } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface ExportDeskOptions {
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly dataFolder: string;
}

/** Writes the audit log out for whoever asks for it under DPA 2018 s62, one export at a time. */
export interface ExportDesk {
  /** @throws Refusal `audit.export-in-progress` */
  exportLog(actor: string, period: ExportPeriod): Promise<WrittenExport>;
}

/** Makes the desk. Exports lie in the station's data folder, one folder each, readable by their owner only. */
export function createExportDesk({ audit, clock, dataFolder, database }: ExportDeskOptions): ExportDesk {
  let isRunning = false;

  async function write(actor: string, period: ExportPeriod): Promise<WrittenExport> {
    const made = new Date(clock.now()).toISOString().replaceAll(':', '').replace('.', '-');
    const folder = join(dataFolder, 'exports', `audit-log-made-${made}`);
    await mkdir(join(dataFolder, 'exports'), { recursive: true, mode: 0o700 });
    const found = await audit.verify();
    const { events, files } = await writeExport(createAuditStore(database), period, found, folder);
    await audit.append({ code: 'exported', actor, reference: null, details: { what: 'audit', rows: events } });
    return { folder, files: files.length, events, isWhole: found.kind === 'whole' };
  }

  return {
    async exportLog(actor, period) {
      if (isRunning) throw new Refusal('audit.export-in-progress');
      isRunning = true;
      try {
        return await write(actor, period);
      } finally {
        isRunning = false;
      }
    },
  };
}
