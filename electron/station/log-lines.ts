import { technicalCode, technicalFigures, type LogLine } from '../contract/health.ts';

/** Pino's own fields: not figures of the event. */
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'code', 'err', 'msg']);
/** From this level on a line tells of a fault. Source: pino's levels, 50 is `error`. */
const FAULT_LEVEL = 50;

/**
 * One line of the technical log as the administrator may read it, or null when it is none: its code and its figures, of
 * a fault its kind and code. A fault's message and stack stay in the file, and so does text with a space in it.
 */
export function parseLogLine(line: string): LogLine | null {
  const entry = readObject(line);
  const code = technicalCode.safeParse(entry?.['code']);
  const time = entry?.['time'];
  const level = entry?.['level'];
  if (entry === null || !code.success || typeof level !== 'number') return null;
  if (typeof time !== 'number' || !Number.isFinite(time) || Math.abs(time) > 8.64e15) return null;
  const figures: Record<string, number | string> = {};
  const take = (key: string, value: unknown): void => {
    Object.assign(figures, technicalFigures.safeParse({ [key]: value }).data);
  };
  for (const [key, value] of Object.entries(entry)) if (!OWN_FIELDS.has(key)) take(key, value);
  const fault = entry['err'];
  if (isObject(fault)) {
    take('fault', fault['type']);
    take('faultCode', fault['code']);
    if (isObject(fault['figures'])) for (const [key, value] of Object.entries(fault['figures'])) take(key, value);
  }
  const at = new Date(time).toISOString();
  const bounded = Object.fromEntries(Object.entries(figures).slice(0, 50));
  return { at, level: level >= FAULT_LEVEL ? 'fault' : 'note', code: code.data, figures: bounded };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
