// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flatWords } from '../support/words.ts';

const RENDERER = join(import.meta.dirname, '../../../renderer');
const files = globSync('**/*.{vue,ts}', { cwd: RENDERER });
const sources = files.map((file) => ({ file, text: readFileSync(join(RENDERER, file), 'utf8') }));
const words = flatWords('en');

test('every message key that a page names as it stands has words', () => {
  const missing = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\bt\(\s*'([\w.-]+)'/g)]
      .map(([, key = '']) => key)
      .filter((key) => !words.has(key))
      .map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

test('every message key that a page puts together begins with a group that has words', () => {
  const missing = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\bt\(\s*`([\w.-]+)\.\$\{/g)]
      .map(([, group = '']) => group)
      .filter((group) => ![...words.keys()].some((key) => key.startsWith(`${group}.`)))
      .map((group) => `${file}: ${group}`),
  );
  expect(missing).toEqual([]);
});

test('no page sets HTML, a style in a template, or keeps anything but the preferences', () => {
  const breaches = sources.filter(
    ({ file, text }) =>
      /v-html|innerHTML|\sstyle="|document\.cookie|sessionStorage|indexedDB/.test(text) ||
      (text.includes('localStorage') && !file.endsWith('preferences-store.ts')),
  );
  expect(breaches.map(({ file }) => file)).toEqual([]);
});

test('no page can show a picture but the coarse map, the chart and the marks', () => {
  const breaches = sources.filter(({ text }) => /<img|<canvas|<video|createObjectURL|ImageData|toDataURL/.test(text));
  expect(breaches.map(({ file }) => file)).toEqual([]);
});
