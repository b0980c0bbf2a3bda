import { createAuditLog } from '../../audit/audit-log.ts';
import { StationError } from '../../domain/station-error.ts';
import { openDatabase } from '../database.ts';
import { requireSoundCopy, restoreDatabase } from '../restore.ts';

const USAGE = `usage: npm run -s storage -- backup FILE COPY
       npm run -s storage -- restore COPY FILE
       npm run -s storage -- check FILE

For a station that is not running; a running station makes its copies itself. restore verifies the copy first and keeps the
present file beside the new one. check reads the whole file and its audit log and changes nothing.`;

async function backUp(filePath: string, copyPath: string): Promise<object> {
  await requireSoundCopy(filePath);
  await using database = await openDatabase({ filePath });
  const log = createAuditLog(database, { now: () => Date.now() });
  await log.append({ code: 'backup-made', actor: null, reference: null, details: {} });
  await database.backUpTo(copyPath);
  return { copy: copyPath, events: (await requireSoundCopy(copyPath)).events };
}

async function run([command, one, other, ...more]: readonly string[]): Promise<object | null> {
  if (one === undefined || more.length > 0) return null;
  if (command === 'check' && other === undefined) return requireSoundCopy(one);
  if (other === undefined) return null;
  if (command === 'backup') return backUp(one, other);
  return command === 'restore' ? restoreDatabase(one, other, Date.now()) : null;
}

try {
  const done = await run(process.argv.slice(2));
  if (done === null) console.error(USAGE);
  else console.log(JSON.stringify(done));
  process.exitCode = done === null ? 2 : 0;
} catch (error) {
  if (!(error instanceof StationError)) throw error;
  console.error(`${error.code} ${JSON.stringify(error.figures)}`);
  process.exitCode = 1;
}
