// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { NOTICE_SECTIONS, NOTICES } from '../../../renderer/notices/notices.ts';
import { flatWords } from '../support/words.ts';

const WANTED = ['en', 'cy', 'ar', 'pa', 'pl', 'ro', 'so', 'sq', 'uk', 'ur'];
/** Letters of each writing system that is not Latin: a notice in another one would be in the wrong file. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/gu,
  ur: /\p{Script=Arabic}/gu,
  pa: /\p{Script=Gurmukhi}/gu,
  uk: /\p{Script=Cyrillic}/gu,
};

const all = (notice: (typeof NOTICES)[number]): string =>
  [notice.draft, notice.title, ...notice.sections.flatMap(({ heading, sentences }) => [heading, ...sentences])].join(
    '\n',
  );

test('there is a notice in each language that was asked for, English and Welsh first', () => {
  expect(NOTICES.map(({ language }) => language).toSorted()).toEqual(WANTED.toSorted());
  expect(NOTICES.slice(0, 2).map(({ language }) => language)).toEqual(['en', 'cy']);
});

describe.each(NOTICES)('the notice in $englishName', (notice) => {
  test('says all of what the English one says, part by part', () => {
    const said = Object.fromEntries(notice.sections.map(({ about, sentences }) => [about, sentences.length]));
    expect(said).toEqual(NOTICE_SECTIONS);
    expect(notice.sections.map(({ about }) => about)).toEqual(Object.keys(NOTICE_SECTIONS));
  });

  test('names the section, and says in its own language that it is a draft', () => {
    expect(all(notice)).toContain('61(6A)');
    expect(notice.draft.length).toBeGreaterThan(10);
    if (notice.language !== 'en') expect(notice.review).toBe('not-reviewed-by-a-speaker');
  });

  test('has words for its origin and its review in both languages of the page', () => {
    for (const language of ['en', 'cy'] as const) {
      const words = flatWords(language);
      expect(words.get(`notice.origins.${notice.origin}`)).toMatch(/\S/);
      expect(words.get(`notice.reviews.${notice.review}`)).toMatch(/\S/);
    }
  });

  test('is written in its own letters and direction, and quotes no law', () => {
    const letters = LETTERS[notice.language] ?? /\p{Script=Latin}/gu;
    const text = all(notice);
    const share = (text.match(letters)?.length ?? 0) / (text.match(/\p{L}/gu)?.length ?? 1);
    expect(share).toBeGreaterThan(0.85);
    expect(notice.direction).toBe(['ar', 'ur'].includes(notice.language) ? 'rtl' : 'ltr');
    expect(text).not.toMatch(/["“”«»„]/);
  });
});
