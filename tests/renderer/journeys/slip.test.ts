import { describe, expect, test } from 'vitest';
import { captureView, closedView } from '../support/example-views.ts';
import { mountApp, type MountedApp } from '../support/mount-app.ts';

async function closedPage(ending: 'answered' | 'declined', language: 'en' | 'cy' = 'en'): Promise<MountedApp> {
  const page = await mountApp(undefined, language);
  await page.signIn('officer');
  await page.press(language === 'en' ? 'Start an identity check' : 'Dechrau gwiriad hunaniaeth');
  page.fake.check.set(captureView());
  await page.settle();
  page.fake.check.set({ ...closedView(ending), ground: '6B(b)' });
  await page.settle();
  return page;
}

describe('the slip for the detainee', () => {
  test('says the power, the reason, what was searched, when each print was erased, the reference, and how to complain', async () => {
    const page = await closedPage('answered');

    const text = page.text();
    expect(text).toContain('section 61(6A)');
    expect(text).toContain("There was reason to doubt that the name given was the person's real name");
    expect(text).toContain('The police database and the immigration database');
    expect(text).toContain(closedView('answered').reference);
    expect(text).toContain('Independent Office for Police Conduct');
    expect(text).toContain('Information Commissioner');
    expect(document.querySelectorAll('[data-testid="receipt"]').length).toBeGreaterThan(0);
  });

  test('does not say that databases were searched when the check ended before', async () => {
    const page = await closedPage('declined');

    expect(page.text()).toContain('The check ended before both databases had answered');
    expect(page.text()).not.toContain('The police database and the immigration database');
  });

  test('can be had in Welsh', async () => {
    const page = await closedPage('answered', 'cy');

    expect(page.text()).toContain('adran 61(6A)');
    expect(page.text()).toContain("Cronfa ddata'r heddlu a'r gronfa ddata mewnfudo");
  });
});
