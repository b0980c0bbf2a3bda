import { readMarkdown, type Block } from './read-markdown.ts';

/** The texts of `docs/help`, built into the page: `name.md` in English, `name.cy.md` in Welsh where somebody wrote it. */
const FILES: Readonly<Record<string, string>> = import.meta.glob('../../docs/help/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Help on one page, and whether it had to be shown in English although Welsh is chosen. */
export interface HelpText {
  readonly blocks: readonly Block[];
  readonly isInEnglishInstead: boolean;
}

const fileOf = (name: string): string | undefined => FILES[`../../docs/help/${name}.md`];

/** The help of a page by its name; null when nobody has written it. @throws MarkdownFault */
export function helpText(name: string, language: string): HelpText | null {
  const own = language === 'en' ? undefined : fileOf(`${name}.${language}`);
  const text = own ?? fileOf(name);
  if (text === undefined) return null;
  return { blocks: readMarkdown(text), isInEnglishInstead: language !== 'en' && own === undefined };
}
