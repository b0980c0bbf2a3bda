import { z } from 'zod';

/** What every notice speaks of, in this order, and in so many sentences: a language that says less is not complete. */
export const NOTICE_SECTIONS = { happening: 2, power: 4, search: 1, destruction: 2, rights: 5 } as const;

const sentence = z.string().min(2).max(400);

/**
 * One notice for the detainee. Its wording is content and a draft: it quotes no law, and says where it comes from and how
 * far it was reviewed. `draft` says the latter in the notice's own language; null once it has been reviewed.
 */
export const notice = z.strictObject({
  /** BCP 47. */
  language: z.string().regex(/^[a-z]{2,3}$/),
  /** The language's name in itself, and in English for the officer. */
  name: z.string().min(2).max(40),
  englishName: z.string().min(2).max(40),
  direction: z.enum(['ltr', 'rtl']),
  origin: z.enum(['written-for-ridgeway', 'translated-draft']),
  review: z.enum(['awaits-legal-review', 'not-reviewed-by-a-speaker']),
  draft: sentence,
  title: sentence,
  sections: z.array(
    z.strictObject({
      about: z.enum(['happening', 'power', 'search', 'destruction', 'rights']),
      heading: sentence,
      sentences: z.array(sentence),
    }),
  ),
});
export type Notice = z.infer<typeof notice>;

const FILES: Readonly<Record<string, unknown>> = import.meta.glob('./*.json', { import: 'default', eager: true });

/** Every notice: English and Welsh first, then by the English names of the languages. @throws ZodError */
export const NOTICES: readonly Notice[] = Object.values(FILES)
  .map((file) => notice.parse(file))
  .toSorted((a, b) => rankOf(a) - rankOf(b) || a.englishName.localeCompare(b.englishName));

function rankOf({ language }: Notice): number {
  return ['en', 'cy'].includes(language) ? ['en', 'cy'].indexOf(language) : 2;
}
