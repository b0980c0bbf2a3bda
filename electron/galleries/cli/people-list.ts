import { z } from 'zod';
import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import { CliFault } from './cli-fault.ts';

/** One file of a person. A file that says the position itself, a record or a template, needs none here. */
export interface ListedFile {
  readonly file: string;
  readonly position: FingerPosition | null;
  readonly resolutionPpi: number | null;
}

/** One person of the list: the authority's reference, and the files that their fingers are in. */
export interface ListedPerson {
  readonly reference: string;
  readonly files: readonly ListedFile[];
}

const position = z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const resolution = z.number().min(250).max(2_000);
const jsonList = z.array(
  z.strictObject({
    reference: z.string().min(1).max(64),
    fingers: z
      .array(z.strictObject({ file: z.string().min(1), position: position.optional(), ppi: resolution.optional() }))
      .min(1)
      .max(20),
  }),
);

const COLUMNS = ['reference', 'file', 'position', 'ppi'];

/** The rows of a CSV text; fields may be quoted, as RFC 4180 has it. @throws CliFault `gallery.list` */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter === '"' && text[at + 1] === '"') at += 1;
      else if (letter === '"') {
        isQuoted = false;
        continue;
      }
      field += letter;
    } else if (letter === '"' && field === '') isQuoted = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)?.push(field.trim());
      field = '';
      if (letter === '\n') rows.push([]);
    } else if (letter !== '\r') field += letter;
  }
  if (isQuoted) throw new CliFault('gallery.list', { line: rows.length, reason: 'quote' });
  rows.at(-1)?.push(field.trim());
  return rows;
}

function readCsv(text: string): ListedPerson[] {
  const [names = [], ...rows] = csvRows(text.replace(/^\uFEFF/, ''));
  if (names.some((name) => !COLUMNS.includes(name)) || !names.includes('reference') || !names.includes('file')) {
    throw new CliFault('gallery.list', { line: 1, reason: 'columns' });
  }
  const people = new Map<string, ListedFile[]>();
  rows.forEach((fields, index) => {
    if (fields.every((field) => field === '')) return;
    const of = (name: string): string => fields[names.indexOf(name)] ?? '';
    const line = index + 2;
    const reference = of('reference');
    const listed = {
      file: of('file'),
      position: of('position') === '' ? null : position.safeParse(Number(of('position'))).data,
      resolutionPpi: of('ppi') === '' ? null : resolution.safeParse(Number(of('ppi'))).data,
    };
    const { file, position: finger, resolutionPpi } = listed;
    if (reference === '' || file === '' || finger === undefined || resolutionPpi === undefined) {
      throw new CliFault('gallery.list', { line, reason: 'field' });
    }
    const files = people.get(reference) ?? [];
    files.push({ file, position: finger, resolutionPpi });
    people.set(reference, files);
  });
  return [...people].map(([reference, files]) => ({ reference, files }));
}

/**
 * Reads a list of people: CSV with the columns `reference`, `file`, and if wanted `position` and `ppi`, one row a file, or
 * JSON `[{"reference", "fingers": [{"file", "position", "ppi"}]}]`.
 * @throws CliFault `gallery.list` with the line or the path
 */
export function readPeopleList(text: string): readonly ListedPerson[] {
  if (!text.trimStart().startsWith('[')) return readCsv(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliFault('gallery.list', { reason: 'json' }, { cause });
  }
  const parsed = jsonList.safeParse(value);
  if (!parsed.success) {
    throw new CliFault('gallery.list', { path: parsed.error.issues[0]?.path.join('.') ?? '' }, { cause: parsed.error });
  }
  return parsed.data.map(({ reference, fingers }) => ({
    reference,
    files: fingers.map(({ file, position: finger = null, ppi = null }) => ({
      file,
      position: finger,
      resolutionPpi: ppi,
    })),
  }));
}
