import { SHORTCUTS } from '../components/use-shortcuts.ts';

/** One key or chord as it is shown, and the key of the words for what it does. */
export interface KeyHelp {
  readonly shown: string;
  readonly words: string;
}

const HELP_KEYS: readonly KeyHelp[] = [
  { shown: 'Alt + H', words: 'help.help' },
  { shown: '?', words: 'help.question' },
  { shown: 'Esc', words: 'help.escape' },
  { shown: 'Tab', words: 'help.tab' },
];

/** The keys that do something on the page as it is now: what has no control there is not promised. */
export function keysOnPage(page: ParentNode, hasNumberKeys: boolean): readonly KeyHelp[] {
  const answers = page.querySelectorAll('main .ridgeway-key').length;
  const keys: KeyHelp[] = [];
  if (hasNumberKeys && answers > 0) keys.push({ shown: `1 – ${Math.min(9, answers)}`, words: 'help.answers' });
  if (page.querySelector('main form') !== null) keys.push({ shown: 'Enter', words: 'help.enter' });
  for (const { name, shown } of SHORTCUTS) {
    if (page.querySelector(`[data-shortcut="${name}"]`) !== null) keys.push({ shown, words: `display.keys.${name}` });
  }
  return keys;
}

/** The keys that work on every page; `?` only while single keys do anything (WCAG 2.1.4). */
export function keysEverywhere(hasNumberKeys: boolean): readonly KeyHelp[] {
  return HELP_KEYS.filter(({ shown }) => shown !== '?' || hasNumberKeys);
}
