import { useI18n } from 'vue-i18n';
import type { AuditRow } from '../../../electron/contract/audit.ts';
import { clockTime } from '../../station/moments.ts';

/** Where the words for the values of a detail stand, by the detail's name. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  database: ['databases'],
  answer: ['results.answers'],
  ending: ['closed.endings'],
  why: ['closed.receipts.reasons'],
  kind: ['closed.receipts.kinds'],
  position: ['fingers'],
  ground: ['auditor.grounds'],
  word: ['auditor.spokenWords'],
  role: ['roles'],
};
const MOMENTS = new Set(['takenAt', 'erasedAt']);
/** Numbers of buffers and permissions are long; their beginning tells them apart on one page. */
const IDENTIFIERS = new Set(['bufferId', 'grantId', 'userId']);
const SHOWN_OF_IDENTIFIER = 8;

/** One detail of an event in words. */
export interface DetailWords {
  readonly name: string;
  readonly value: string;
}

/** The words of events and of their details; a code that an older or newer station wrote stands for itself. */
export function useEventWords() {
  const words = useI18n();
  const t = (key: string): string => words.t(key);
  const known = (key: string): string | null => (words.te(key, 'en') ? t(key) : null);

  function wordsOf(code: string): string {
    return known(`audit.events.${code}`) ?? code;
  }

  function valueOf(name: string, value: AuditRow['details'][string]): string {
    if (typeof value === 'boolean') return value ? t('auditor.yes') : t('auditor.no');
    if (value === null) return '–';
    for (const group of GROUPS[name] ?? []) {
      const found = known(`${group}.${value}`);
      if (found !== null) return found;
    }
    if (typeof value === 'number') return words.n(value);
    if (MOMENTS.has(name)) return clockTime(value, true);
    return IDENTIFIERS.has(name) ? value.slice(0, SHOWN_OF_IDENTIFIER) : value;
  }

  function detailsOf(row: AuditRow): readonly DetailWords[] {
    return Object.entries(row.details).map(([name, value]) => ({
      name: known(`auditor.details.${name}`) ?? name,
      value: valueOf(name, value),
    }));
  }

  return { wordsOf, detailsOf, valueOf };
}
