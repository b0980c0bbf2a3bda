import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../../contract/health.ts';
import { parseLogLine } from '../log-lines.ts';

/** Which lines are wanted. */
export interface LogFilter {
  readonly limit: number;
  readonly level: LogLine['level'] | null;
  /** Letters with which the code begins; empty for every code. */
  readonly codeBegins: string;
}

/** The technical log as the administrator reads it. */
export interface LogDesk {
  /** Lines, newest first. At most the last `MAXIMUM_BYTES` of the files are looked at. */
  lines(filter: LogFilter): Promise<LogLine[]>;
}

/** How far back the log is read, bytes: some ten thousand lines. */
const MAXIMUM_BYTES = 2_000_000;

async function filesNewestFirst(folder: string): Promise<readonly { filePath: string; sizeBytes: number }[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.log'))
      .map(async (name) => {
        const filePath = join(folder, name);
        const { mtimeMs, size } = await stat(filePath).catch(() => ({ mtimeMs: 0, size: 0 }));
        return { filePath, mtimeMs, sizeBytes: size };
      }),
  );
  return files.filter(({ sizeBytes }) => sizeBytes > 0).toSorted((a, b) => b.mtimeMs - a.mtimeMs);
}

async function readTail(filePath: string, fromByte: number, sizeBytes: number): Promise<readonly string[]> {
  await using file = await open(filePath, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sizeBytes - fromByte), 0, sizeBytes - fromByte, fromByte);
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
  // The first line of a tail may be the end of one.
  return fromByte > 0 ? lines.slice(1) : lines;
}

/** Makes the desk over the folder of the technical log. */
export function createLogDesk(folder: string): LogDesk {
  return {
    async lines({ limit, level, codeBegins }) {
      const found: LogLine[] = [];
      let left = MAXIMUM_BYTES;
      for (const { filePath, sizeBytes } of await filesNewestFirst(folder)) {
        if (left <= 0 || found.length >= limit) break;
        // A log that is rolled over while it is read is simply shorter by it.
        const lines = await readTail(filePath, Math.max(0, sizeBytes - left), sizeBytes).catch(() => []);
        left -= sizeBytes;
        for (const text of lines.toReversed()) {
          const line = parseLogLine(text);
          if (line === null || (level !== null && line.level !== level)) continue;
          if (!line.code.startsWith(codeBegins)) continue;
          found.push(line);
          if (found.length >= limit) break;
        }
      }
      return found;
    },
  };
}
