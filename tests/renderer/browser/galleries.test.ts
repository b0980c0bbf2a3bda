// @vitest-environment node
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GALLERY_REFUSALS } from '../../../electron/contract/galleries.ts';
import { EXAMPLE_GALLERY, IN_USE } from '../support/fake-galleries.ts';
import { openFakePages, type FakePages } from '../support/fake-pages.ts';
import type { FakeStation } from '../support/fake-station.ts';
import { smallTargets, spillAt200Percent, violations } from '../support/page-checks.ts';
import { flatWords } from '../support/words.ts';

const PATIENCE = { timeout: 60_000 };
const AT = '2026-11-22T12:00:00.000Z';
const en = flatWords('en');
let pages: FakePages;
let fake: FakeStation;
let page: Page;

beforeAll(async () => {
  pages = await openFakePages();
  fake = pages.fake;
  page = await pages.newPage();
  await pages.signIn(page, 'admin');
}, 120_000);

afterAll(() => pages?.[Symbol.asyncDispose]());

beforeEach(async () => {
  fake.galleries.show('police', { state: IN_USE, lastImport: { kind: 'none' } });
  fake.galleries.show('immigration', { state: { kind: 'none' }, lastImport: { kind: 'none' } });
  await page.evaluate(() => (location.hash = '/'));
  await page.evaluate(() => (location.hash = '/admin/databases/galleries'));
  await police().waitFor();
});

const police = () => page.getByTestId('gallery-police');
const immigration = () => page.getByTestId('gallery-immigration');
const start = (path: string) =>
  police()
    .locator('#path-police')
    .fill(path)
    .then(() => police().getByRole('button', { name: 'Import police records' }).click());

async function checkPage(): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  expect(await spillAt200Percent(page)).toBeLessThanOrEqual(0);
}

async function photograph(name: string): Promise<void> {
  const folder = process.env['RIDGEWAY_SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/galleries-${name}.png`, fullPage: true });
}

describe('the page of galleries', () => {
  test('says of each whose it is, how old it is, and until when it may be used', PATIENCE, async () => {
    const text = await police().innerText();
    for (const word of [
      EXAMPLE_GALLERY.origin,
      '2 November 2026 (20 days ago)',
      '31 December 2026',
      '98,412',
      'In use',
    ]) {
      expect(text).toContain(word);
    }
    expect(await immigration().innerText()).toContain('There is no gallery');
    expect(await page.getByTestId('station-key').innerText()).toMatch(/^([0-9a-f]{4} ?){16}$/);
    await photograph('in-use');
    await checkPage();
  });

  test('warns of an old gallery, of one that ends soon, and of one that is not used', PATIENCE, async () => {
    fake.galleries.show('police', { state: { ...IN_USE, ageDays: 47, isOld: true } });
    await police().getByText('This extract is 47 days old.').waitFor();
    await photograph('old');
    fake.galleries.show('police', { state: { ...IN_USE, ageDays: 55, isOld: true, daysLeft: 1 } });
    await police().getByText('may be used for 1 more day.').waitFor();
    fake.galleries.show('police', { state: { kind: 'refused', reason: 'expired', gallery: EXAMPLE_GALLERY } });
    await police().getByText('It may no longer be used.').waitFor();
    await police().getByText('Not used', { exact: true }).waitFor();
    await photograph('expired');
    expect(await police().innerText()).not.toContain('ago)');
    await checkPage();
  });

  test('calls a training gallery what it is', PATIENCE, async () => {
    const extractedAt = '2026-11-20T08:00:00.000Z';
    const state = { kind: 'training', origin: 'synthetic training gallery', extractedAt, people: 1_000 } as const;
    fake.galleries.show('police', { state });
    await police().getByText('People who do not exist').waitFor();
    expect(await police().getByRole('button', { name: 'Remove this gallery' }).count()).toBe(0);
  });

  test('imports by keyboard alone, shows how far it is, and says when it is done', PATIENCE, async () => {
    await police().locator('#path-police').focus();
    await page.keyboard.type('/media/authority/police.rwgallery');
    await page.keyboard.press('Enter');
    await police().getByText('Checking and reading the people: 42 %').first().waitFor();
    expect(await police().innerText()).toContain('stays in use until the new one has been checked');
    await photograph('running');
    await checkPage();
    fake.galleries.show('police', { lastImport: { kind: 'done', people: 98_412, at: AT } });
    await police().getByText('The gallery was imported').waitFor();
    await photograph('done');
    const call = fake.calls.findLast(({ name }) => name === 'galleries.importFile');
    expect(call?.input).toEqual({
      database: 'police',
      path: '/media/authority/police.rwgallery',
      isOlderAccepted: false,
    });
  });

  test('cancels an import and says that nothing was changed', PATIENCE, async () => {
    await start('/media/authority/police.rwgallery');
    await police().getByRole('button', { name: 'Cancel the import' }).click();
    await police().getByText('The import was cancelled. Nothing was changed.').waitFor();
    expect(fake.calls.findLast(({ name }) => name === 'galleries.cancelImport')?.input).toEqual({ database: 'police' });
  });

  test('puts the sentence beside the field when the path is none', PATIENCE, async () => {
    fake.refusals.set('galleries.importFile', 'gallery.path');
    await start('police');
    await police().locator('#path-police-error').waitFor();
    await start('');
    expect(await police().locator('#path-police-error').innerText()).toContain('.rwgallery');
  });

  test.each(GALLERY_REFUSALS)('says in words why a file was not imported: %s', PATIENCE, async (reason) => {
    fake.galleries.show('police', { lastImport: { kind: 'refused', reason, at: AT } });
    const alert = police()
      .getByTestId('import-refused')
      .and(page.locator(`[data-reason="${reason}"]`));
    await alert.waitFor();
    expect(await alert.innerText()).toContain(en.get(`galleries.reasons.${reason}`));
    expect(await alert.innerText()).toContain('Nothing was changed.');
    expect(await police().locator('#older-police').count()).toBe(reason === 'older' ? 1 : 0);
    if (reason === 'signature') await photograph('refused');
  });

  test('imports an older one only after the box was ticked', PATIENCE, async () => {
    fake.galleries.show('police', { lastImport: { kind: 'refused', reason: 'older', at: AT } });
    await police().getByLabel('Import it although it is older').check();
    await start('/media/authority/police.rwgallery');
    await police().getByTestId('import-running').waitFor();
    const call = fake.calls.findLast(({ name }) => name === 'galleries.importFile');
    expect(call?.input).toMatchObject({ isOlderAccepted: true });
  });

  test('removes a gallery after asking once more', PATIENCE, async () => {
    await police().getByRole('button', { name: 'Remove this gallery' }).click();
    await photograph('remove');
    await police().getByRole('button', { name: 'No, keep it' }).click();
    expect(fake.calls.filter(({ name }) => name === 'galleries.remove')).toEqual([]);
    await police().getByRole('button', { name: 'Remove this gallery' }).click();
    await police().getByRole('button', { name: 'Yes, remove it' }).click();
    await police().getByText('There is no gallery').waitFor();
  });

  test('takes keys as they are read out, and refuses half a key with a sentence', PATIENCE, async () => {
    const save = page.getByRole('button', { name: 'Save' });
    await page.locator('#immigrationKeys').fill('3F1C 9A52');
    await save.click();
    await page.locator('#immigrationKeys-error').waitFor();
    const spoken = Array.from({ length: 16 }, () => 'AB12').join(' ');
    await page.locator('#immigrationKeys').fill(spoken);
    await save.click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const call = fake.calls.findLast(({ name }) => name === 'galleries.changeSettings');
    expect(call?.input).toMatchObject({ immigrationKeys: 'ab12'.repeat(16) });
    await checkPage();
  });

  test('says all of it in Welsh', PATIENCE, async () => {
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByText('Cymraeg', { exact: true }).click();
    await page.getByRole('heading', { name: 'Orielau', level: 1 }).waitFor();
    expect(await police().innerText()).toContain('(20 diwrnod yn ôl)');
    await photograph('welsh');
  });
});
