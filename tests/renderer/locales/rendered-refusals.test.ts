import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { describe, expect, test } from 'vitest';
import { defineComponent, h, onMounted } from 'vue';
import { REFUSAL_CODES, type RefusalCode } from '../../../electron/contract/errors.ts';
import { GROUNDS_REFUSALS } from '../../../electron/contract/grounds.ts';
import ErrorSummary from '../../../renderer/components/ErrorSummary.vue';
import StopPage from '../../../renderer/journeys/grounds/StopPage.vue';
import { createWords } from '../../../renderer/locales/i18n.ts';
import { createRidgewayRouter } from '../../../renderer/router.ts';
import { useCheck } from '../../../renderer/station/check-store.ts';
import { useRequest } from '../../../renderer/station/use-request.ts';
import { groundsView } from '../support/example-views.ts';

/** A page that asks the station once and is refused, as every page is: through the one place where codes become words. */
const refusedPage = (code: RefusalCode) =>
  defineComponent({
    setup() {
      const { problems, request } = useRequest();
      onMounted(() => request(() => Promise.resolve({ kind: 'refused', code })));
      return () => h(ErrorSummary, { problems: problems.value });
    },
  });

async function shown(component: Parameters<typeof mount>[0], language: 'en' | 'cy', props = {}): Promise<string> {
  const pinia = createPinia();
  setActivePinia(pinia);
  useCheck().view = groundsView();
  const plugins = [pinia, createWords(language), createRidgewayRouter(pinia)];
  const page = mount(component, { props, global: { plugins } });
  await flushPromises();
  const text = page.text();
  page.unmount();
  return text;
}

describe.each(['en', 'cy'] as const)('in the language %s', (language) => {
  const title = language === 'en' ? 'There is a problem' : 'Mae problem';
  const seen = new Map<string, string>();

  test.each(REFUSAL_CODES)('the refusal %s is shown as a sentence of its own', async (code) => {
    const text = await shown(refusedPage(code), language);

    expect(text.startsWith(title)).toBe(true);
    const sentence = text.slice(title.length).trim();
    expect(sentence).toMatch(/^\S.{15,}[.!?]$/);
    // A key that has no words is shown as itself; two codes in one sentence would tell the officer nothing apart.
    expect(sentence).not.toContain(code);
    expect(seen.get(sentence)).toBeUndefined();
    seen.set(sentence, code);
  });

  test.each([...GROUNDS_REFUSALS, 'livescan'])('the page that stops at %s says why', async (why) => {
    const text = await shown(StopPage, language, { why });

    const key = why === 'livescan' ? 'assessment.diverted' : `groundsRefusals.${why}`;
    const sentence = createWords(language).global.t(key);
    expect(sentence).not.toBe(key);
    expect(text).toContain(sentence);
  });
});
