import { createI18n } from 'vue-i18n';
import cy from './cy.json';
import en from './en.json';
import rolesCy from './roles/cy.json';
import rolesEn from './roles/en.json';
import scannersCy from './scanners/cy.json';
import scannersEn from './scanners/en.json';
import spokenCy from './spoken-words/cy.json';
import spokenEn from './spoken-words/en.json';

/** The words of every page. English is complete; Welsh is complete and marked for review by a speaker. */
export function createWords(locale: 'en' | 'cy') {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages: {
      en: { ...en, ...rolesEn, ...scannersEn, spoken: spokenEn },
      cy: { ...cy, ...rolesCy, ...scannersCy, spoken: spokenCy },
    },
  });
}
