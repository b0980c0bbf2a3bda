import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCALES = join(import.meta.dirname, '../../../renderer/locales');

/** The words of a language by their dotted key. */
export type Words = ReadonlyMap<string, string>;

function* flatten(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string') {
    yield [path, value];
    return;
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is neither words nor a group of words`);
  for (const [name, inner] of Object.entries(value)) yield* flatten(inner, path === '' ? name : `${path}.${name}`);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(LOCALES, file), 'utf8'));
}

/** Every word of a language, the spoken words included. */
export function flatWords(language: 'en' | 'cy'): Words {
  return new Map([
    ...flatten(read(`${language}.json`), ''),
    ...flatten(read(`roles/${language}.json`), ''),
    ...flatten(read(`scanners/${language}.json`), ''),
    ...flatten(read(`spoken-words/${language}.json`), 'spoken'),
  ]);
}

/** The words whose key is the group's own or lies in it. */
export function wordsUnder(words: Words, group: string): readonly string[] {
  return [...words].filter(([key]) => key === group || key.startsWith(`${group}.`)).map(([, text]) => text);
}
