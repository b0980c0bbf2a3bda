import type { Migration } from './migration.ts';
import { firstTables } from './0001-first-tables.ts';
import { auditLog } from './0002-audit-log.ts';
import { counts } from './0003-counts.ts';
import { scanners } from './0004-scanners.ts';

/** Every migration in the order in which they are made: an explicit list, so that the packaged station finds them all. */
export const MIGRATIONS: readonly Migration[] = [firstTables, auditLog, counts, scanners];
