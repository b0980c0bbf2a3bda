/** A run of letters of one kind. */
export interface Span {
  readonly kind: 'text' | 'strong' | 'code';
  readonly text: string;
}

/** A block of words. */
interface WordsBlock<Kind extends string> {
  readonly kind: Kind;
  readonly spans: readonly Span[];
}

/** A block of items. */
interface ListBlock<Kind extends string> {
  readonly kind: Kind;
  readonly items: readonly (readonly Span[])[];
}

/** One block of a help text. */
export type Block =
  | WordsBlock<'title'>
  | WordsBlock<'heading'>
  | WordsBlock<'paragraph'>
  | ListBlock<'bullets'>
  | ListBlock<'steps'>;

/** A help text says something in a way that its readers do not know; `line` counts from 1. */
export class MarkdownFault extends Error {
  override readonly name = 'MarkdownFault';
  readonly code = 'help.not-understood';
  readonly line: number;

  constructor(line: number) {
    super(`help.not-understood at line ${line}`);
    this.line = line;
  }
}

/** What the few forms that help texts may use begin with; any other sign of Markdown at a line's start is refused. */
const TITLE = /^# (.+)$/;
const HEADING = /^## (.+)$/;
const BULLET = /^- (.+)$/;
const STEP = /^\d\. (.+)$/;
const FOREIGN = /^(#{1,6}|>|\||!|<|={3}|-{3}|\*(?!\*)|\+ |\t|```|~~~| +[-\d])/;
/** Within a line: links, pictures, HTML, and marks that are left open. */
const FOREIGN_INLINE = /[[\]<>`*_]/;

/**
 * Reads the small part of Markdown in which help is written: one title, headings, paragraphs, bullets, steps, strong words
 * and code. There is no HTML and no link in it, so that nothing of a help text can do anything on a page.
 * @throws MarkdownFault with the line of whatever else it finds
 */
export function readMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let isNewBlock = true;
  for (const [index, line] of text.split('\n').entries()) {
    const number = index + 1;
    if (line.trim() === '') {
      isNewBlock = true;
      continue;
    }
    const last = isNewBlock ? undefined : blocks.pop();
    blocks.push(...readLine(line.trimEnd(), last, number));
    isNewBlock = false;
  }
  return blocks;
}

function readLine(line: string, last: Block | undefined, number: number): readonly Block[] {
  const before = last === undefined ? [] : [last];
  for (const [form, kind] of [
    [TITLE, 'title'],
    [HEADING, 'heading'],
  ] as const) {
    const found = form.exec(line)?.[1];
    if (found !== undefined) return [...before, { kind, spans: readSpans(found, number) }];
  }
  for (const [form, kind] of [
    [BULLET, 'bullets'],
    [STEP, 'steps'],
  ] as const) {
    const found = form.exec(line)?.[1];
    if (found === undefined) continue;
    const item = readSpans(found, number);
    if (last?.kind === kind) return [{ kind, items: [...last.items, item] }];
    return [...before, { kind, items: [item] }];
  }
  if (FOREIGN.test(line)) throw new MarkdownFault(number);
  const spans = readSpans(line.trimStart(), number);
  const space: Span = { kind: 'text', text: ' ' };
  if (last === undefined || last.kind === 'title' || last.kind === 'heading') {
    return [...before, { kind: 'paragraph', spans }];
  }
  if (last.kind === 'paragraph') return [{ kind: 'paragraph', spans: [...last.spans, space, ...spans] }];
  const items = last.items.slice(0, -1);
  return [{ kind: last.kind, items: [...items, [...(last.items.at(-1) ?? []), space, ...spans]] }];
}

function readSpans(line: string, number: number): readonly Span[] {
  return line
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part): Span => {
      if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
      if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
      if (FOREIGN_INLINE.test(part)) throw new MarkdownFault(number);
      return { kind: 'text', text: part };
    });
}
