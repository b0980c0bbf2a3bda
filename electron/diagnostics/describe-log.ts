import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { codeOrWithheld, withholdFigures, WITHHELD } from './withhold.ts';

/** How much of each log file is looked at, bytes from its end. */
const MAXIMUM_BYTES = 2_000_000;
/** One frame of a stack: the file's own name, line and column. The way to it may hold the name of an account. */
const FRAME = /([\w.-]{1,60}\.(?:ts|js|cjs|mjs)):(\d{1,6}):(\d{1,6})\)?$/;
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'code', 'err', 'msg']);

const fault = z.looseObject({
  type: z.string().optional(),
  code: z.unknown(),
  figures: z.record(z.string(), z.unknown()).optional(),
  stack: z.string().optional(),
});
const entry = z.looseObject({ level: z.number(), time: z.number(), code: z.string(), err: fault.optional() });

/** What of one line of the technical log leaves the station; null for what is no line of ours. */
export function describeLine(line: string): object | null {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return null;
  }
  const read = entry.safeParse(raw);
  if (!read.success || Math.abs(read.data.time) > 8.64e15) return null;
  const { level, time, code, err, ...figures } = read.data;
  const own = Object.fromEntries(Object.entries(figures).filter(([name]) => !OWN_FIELDS.has(name)));
  return {
    at: new Date(time).toISOString(),
    level,
    code: codeOrWithheld(code),
    ...(Object.keys(own).length > 0 && { figures: withholdFigures(own) }),
    ...(err !== undefined && { fault: describeFault(err) }),
  };
}

/** The kind, code and figures of a fault, and where in the program it arose; never its message. */
function describeFault({ type, code, figures, stack = '' }: z.infer<typeof fault>): object {
  const frames = stack.split('\n').map((line) => FRAME.exec(line.trim()));
  return {
    type: type === undefined ? WITHHELD : codeOrWithheld(type),
    ...(typeof code === 'string' && { code: codeOrWithheld(code) }),
    ...(figures !== undefined && { figures: withholdFigures(figures) }),
    frames: frames.flatMap((frame) => (frame === null ? [] : [`${frame[1]}:${frame[2]}:${frame[3]}`])).slice(0, 20),
  };
}

/** The ends of all log files of a folder, oldest file first, one JSON text a line. */
export async function describeLog(folder: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.log'));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      return { file, changedMs: (await stat(file)).mtimeMs };
    }),
  );
  const lines: object[] = [];
  for (const { file } of files.toSorted((a, b) => a.changedMs - b.changedMs)) {
    const text = (await readFile(file)).subarray(-MAXIMUM_BYTES).toString('utf8');
    lines.push(...text.split('\n').flatMap((line) => describeLine(line) ?? []));
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
