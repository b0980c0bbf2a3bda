import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

/** Looks of the page. `contrast` is yellow and white on black. */
export const THEMES = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

/** Languages of the page. Welsh awaits review by a speaker. */
export const LANGUAGES = ['en', 'cy'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT_UNDER = 'ridgeway.preferences';

interface Kept {
  readonly theme: Theme;
  readonly language: Language;
  readonly hasNumberKeys: boolean;
  readonly hasOneKeyAnswers: boolean;
  readonly isQuiet: boolean;
}

/** Reads what an earlier page kept; anything that is not understood is ignored. */
function readKept(): Partial<Kept> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_UNDER) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return {};
    const theme = 'theme' in kept ? THEMES.find((known) => known === kept.theme) : undefined;
    const language = 'language' in kept ? LANGUAGES.find((known) => known === kept.language) : undefined;
    const hasNumberKeys = 'hasNumberKeys' in kept ? kept.hasNumberKeys !== false : true;
    const hasOneKeyAnswers = 'hasOneKeyAnswers' in kept ? kept.hasOneKeyAnswers !== false : true;
    const isQuiet = 'isQuiet' in kept && kept.isQuiet === true;
    return { ...(theme ? { theme } : {}), ...(language ? { language } : {}), hasNumberKeys, hasOneKeyAnswers, isQuiet };
  } catch {
    return {};
  }
}

/** How this screen looks and speaks; the only thing that the page keeps, and nothing of a person or a check. */
export const usePreferences = defineStore('preferences', () => {
  const kept = readKept();
  const theme = ref<Theme>(kept.theme ?? 'light');
  const language = ref<Language>(kept.language ?? 'en');
  /** Whether number keys choose answers (WCAG 2.1.4: single-key shortcuts can be switched off). */
  const hasNumberKeys = ref(kept.hasNumberKeys ?? true);
  /** Whether a number key goes on at once, and Enter goes on from a box of several lines. */
  const hasOneKeyAnswers = ref(kept.hasOneKeyAnswers ?? true);
  /** Dimmed colours, and nothing moves or flashes: for a night shift, or someone at the desk whom it unsettles. */
  const isQuiet = ref(kept.isQuiet ?? false);

  watch(
    [theme, language, hasNumberKeys, hasOneKeyAnswers, isQuiet],
    () => {
      document.documentElement.dataset['theme'] = theme.value;
      document.documentElement.toggleAttribute('data-quiet', isQuiet.value);
      document.documentElement.lang = language.value === 'cy' ? 'cy' : 'en-GB';
      try {
        const present: Kept = {
          theme: theme.value,
          language: language.value,
          hasNumberKeys: hasNumberKeys.value,
          hasOneKeyAnswers: hasOneKeyAnswers.value,
          isQuiet: isQuiet.value,
        };
        localStorage.setItem(KEPT_UNDER, JSON.stringify(present));
      } catch {
        // Storage may be switched off by policy; the preferences then last as long as the page.
      }
    },
    { immediate: true },
  );

  return { theme, language, hasNumberKeys, hasOneKeyAnswers, isQuiet };
});
