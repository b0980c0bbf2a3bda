// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createPinia } from 'pinia';
import { describe, expect, test } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import { ROLES } from '../../../electron/contract/session.ts';
import { helpNameOf } from '../../../renderer/help/help-name.ts';
import { helpText } from '../../../renderer/help/help-texts.ts';
import { MarkdownFault, readMarkdown } from '../../../renderer/help/read-markdown.ts';
import { createRidgewayRouter } from '../../../renderer/router.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/help');
const files = globSync('*.md', { cwd: FOLDER }).toSorted();
/** Longest help of one page, characters: what can be read beside a page without scrolling far. */
const LONGEST = 1_400;

const paths = createRidgewayRouter(createPinia(), createMemoryHistory())
  .getRoutes()
  .filter(({ redirect }) => redirect === undefined)
  .map(({ path }) => path);

describe('help', () => {
  test.each(paths)('the page %s has help, whoever is signed in', (path) => {
    const missing = [null, ...ROLES]
      .map((role) => helpNameOf(path, role))
      .filter((name) => helpText(name, 'en') === null);
    expect(missing).toEqual([]);
  });

  test('no help text is of a page that does not exist', () => {
    const used = new Set(paths.flatMap((path) => ROLES.map((role) => `${helpNameOf(path, role)}.md`)));
    expect(files.filter((file) => !used.has(file) && !file.endsWith('.cy.md'))).toEqual([]);
  });

  test.each(files)('%s is short, begins with one title, and says something under it', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const kinds = readMarkdown(text).map(({ kind }) => kind);
    expect(text.length).toBeLessThan(LONGEST);
    expect(kinds[0]).toBe('title');
    expect(kinds.filter((kind) => kind === 'title')).toHaveLength(1);
    expect(kinds.length).toBeGreaterThan(1);
  });

  test('a page whose Welsh help nobody has written shows the English one and says so', () => {
    const name = basename(files[0] ?? '', '.md');
    expect(helpText(name, 'cy')).toEqual({ ...helpText(name, 'en'), isInEnglishInstead: true });
    expect(helpText(name, 'en')?.isInEnglishInstead).toBe(false);
    expect(helpText('no-such-page', 'en')).toBeNull();
  });
});

describe('the little Markdown of help texts', () => {
  test('reads a title, headings, paragraphs over lines, bullets and steps', () => {
    expect(readMarkdown('# A\n\nOne\ntwo **strong** `code`.\n\n## B\n- x\n  more\n- y\n\n1. s\n')).toEqual([
      { kind: 'title', spans: [{ kind: 'text', text: 'A' }] },
      {
        kind: 'paragraph',
        spans: [
          { kind: 'text', text: 'One' },
          { kind: 'text', text: ' ' },
          { kind: 'text', text: 'two ' },
          { kind: 'strong', text: 'strong' },
          { kind: 'text', text: ' ' },
          { kind: 'code', text: 'code' },
          { kind: 'text', text: '.' },
        ],
      },
      { kind: 'heading', spans: [{ kind: 'text', text: 'B' }] },
      {
        kind: 'bullets',
        items: [
          [
            { kind: 'text', text: 'x' },
            { kind: 'text', text: ' ' },
            { kind: 'text', text: 'more' },
          ],
          [{ kind: 'text', text: 'y' }],
        ],
      },
      { kind: 'steps', items: [[{ kind: 'text', text: 's' }]] },
    ]);
  });

  test.each([
    ['a link', 'see [this](http://x)'],
    ['a picture', '![x](y.png)'],
    ['HTML', '<script>alert(1)</script>'],
    ['HTML within a line', 'a <b>bold</b> word'],
    ['a table', '| a | b |'],
    ['a quotation', '> said'],
    ['a rule', '---'],
    ['a fenced block', '```'],
    ['a third level', '### c'],
    ['a star as a bullet', '* x'],
    ['a mark that is left open', 'a **b'],
    ['a nested list', '- a\n  - b'],
  ])('%s is refused with its line', (_what, text) => {
    const lines = text.split('\n').length;
    expect(() => readMarkdown(`# T\n\n${text}`)).toThrowError(MarkdownFault);
    try {
      readMarkdown(`# T\n\n${text}`);
    } catch (fault) {
      expect(fault).toMatchObject({ code: 'help.not-understood', line: 2 + lines });
    }
  });
});
