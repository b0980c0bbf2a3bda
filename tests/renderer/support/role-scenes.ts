import type { Page } from 'playwright';
import { groundsView, wordsView } from './example-views.ts';
import type { Scene } from './scene.ts';

const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Pages of the administrator, the auditor and the sergeant, of the notices and of help, in states that look different. */
export const ROLE_SCENES: readonly Scene[] = [
  {
    name: 'administrator-home',
    role: 'administrator',
    path: '/',
    act: (page) => page.locator('[data-card=logs] .role-cards__state').getByText('1 fault').waitFor(),
  },
  {
    name: 'health',
    role: 'administrator',
    path: '/admin/health',
    async act(page) {
      await page.locator('[data-self-test]').click();
      await page.locator('[data-self-test=ended]').waitFor();
    },
  },
  {
    name: 'logs',
    role: 'administrator',
    path: '/admin/logs',
    act: (page) => page.getByTestId('log-lines').waitFor(),
  },
  {
    name: 'logs-none',
    role: 'administrator',
    path: '/admin/logs',
    async act(page) {
      await page.locator('#log-code').fill('nothing');
      await button(page, 'Show lines');
      await page.getByText('No line fits.').waitFor();
    },
  },
  {
    name: 'auditor-home',
    role: 'auditor',
    path: '/',
    async act(page) {
      await button(page, 'Verify the log');
      await page.locator('[data-verified]').waitFor();
    },
  },
  {
    name: 'audit-wrong-day',
    role: 'auditor',
    path: '/audit',
    async act(page) {
      await page.getByTestId('audit').waitFor();
      await page.locator('#audit-from').fill('yesterday');
      await button(page, 'Search');
      await page.locator('.govuk-error-summary').waitFor();
    },
  },
  {
    name: 'story',
    role: 'auditor',
    path: '/audit/checks/RW-2026-000417',
    act: (page) => page.getByTestId('timeline').waitFor(),
  },
  {
    name: 'story-none',
    role: 'auditor',
    path: '/audit/checks/RW-2026-999999',
    act: (page) => page.getByText('The log has no event of this check.').waitFor(),
  },
  {
    name: 'export',
    role: 'auditor',
    path: '/audit/export',
    async act(page) {
      await button(page, 'Write the export');
      await page.getByTestId('written-export').waitFor();
    },
  },
  {
    name: 'sergeant-home',
    role: 'sergeant',
    path: '/',
    async act(page) {
      await page.getByTestId('open-checks').waitFor();
      await page.getByTestId('month-so-far').waitFor();
    },
  },
  { name: 'notice', role: 'officer', check: wordsView(1), path: '/notice' },
  { name: 'notice-arabic', role: 'officer', check: wordsView(1), path: '/notice/ar' },
  { name: 'notice-punjabi', role: 'officer', check: wordsView(1), path: '/notice/pa' },
  {
    name: 'help',
    role: 'officer',
    check: groundsView(),
    async act(page) {
      await page.keyboard.press('Alt+h');
      await page.locator('dialog[open]').waitFor();
    },
  },
];
