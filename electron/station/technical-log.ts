import path from 'node:path';
import { pino } from 'pino';
import roll from 'pino-roll';
import type { TechnicalLog } from './platform.ts';

/** Size at which a new log file is begun, and how many older ones are kept: 30 MB at most. */
const ROLLING = { size: '10m', limit: { count: 2 } };

/** The technical log in rotating files: codes and figures, of a fault its name, code and stack. */
export async function openTechnicalLog(folder: string): Promise<TechnicalLog> {
  const files = await roll({ file: path.join(folder, 'ridgeway'), extension: '.log', mkdir: true, ...ROLLING });
  const logger = pino({ base: null, redact: ['figures.password'] }, files);
  return {
    note: (code, figures) => logger.info({ code, ...figures }),
    fault: (code, cause) => logger.error({ code, err: cause }),
  };
}
