import { createAuditStore } from '../storage/audit-store.ts';
import { createCountStore } from '../storage/count-store.ts';
import type { StationDatabase } from '../storage/database.ts';
import { anchorOf } from '../audit/verify-log.ts';
import type { Month } from '../domain/counts/month.ts';
import { DOCUMENT_FORMAT, requireDocument } from './count-document.ts';
import type { CountDocument } from './count-document.ts';
import { ANCHORS_WITH_A_DOCUMENT } from './parameters.ts';

/** Which station this is, in the codes that the collector knows. */
export interface StationPlace {
  readonly force: string;
  readonly station: string;
}

/** Writes one month's counts as the document that goes upstream. @throws CountsFault `counts.document-invalid` */
export async function writeMonthlyReport(
  database: StationDatabase,
  place: StationPlace,
  month: Month,
  revision: number,
): Promise<CountDocument> {
  const rows = await createCountStore(database).between(month, month);
  const audit = createAuditStore(database);
  const checkpoints = (await audit.checkpoints()).slice(-ANCHORS_WITH_A_DOCUMENT).map(anchorOf);
  const last = await audit.last();
  const head = last === null ? [] : [anchorOf(last)];
  const isNew = ({ sequence }: { readonly sequence: number }): boolean => sequence !== last?.sequence;
  return requireDocument({
    format: DOCUMENT_FORMAT,
    force: place.force,
    station: place.station,
    month,
    revision,
    cells: Object.fromEntries(rows.map(({ cell, total }) => [cell, total])),
    auditAnchors: [...checkpoints.filter(isNew), ...head],
  });
}
