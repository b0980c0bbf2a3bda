import type { Page } from 'playwright';
import type { Scene } from './scene.ts';

const DEVICE = '?path=/dev/hidraw0';
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** The administrator's pages of scanners in every state that looks different. */
export const SCANNER_SCENES: readonly Scene[] = [
  {
    name: 'scanners',
    role: 'administrator',
    path: '/admin/scanners',
    act: (page) => page.locator('[data-refusal=no-permission] pre').waitFor(),
  },
  {
    name: 'scanner-about',
    role: 'administrator',
    path: `/admin/scanners/device${DEVICE}`,
    act: (page) => page.getByTestId('enrolment').waitFor(),
  },
  {
    name: 'scanner-test',
    role: 'administrator',
    path: `/admin/scanners/device/test${DEVICE}`,
    async act(page) {
      await press(page, 'Start a test');
      await page.locator('.test-capture[data-state=done]').waitFor();
    },
  },
  {
    name: 'scanner-glass',
    role: 'administrator',
    path: `/admin/scanners/device/glass${DEVICE}`,
    async act(page) {
      await press(page, 'Check the glass');
      await page.locator('[data-verdict=dirty]').waitFor();
    },
  },
  {
    name: 'scanner-resolution',
    role: 'administrator',
    path: `/admin/scanners/device/resolution${DEVICE}`,
    async act(page) {
      await press(page, 'Check the resolution');
      await page.locator('[data-verdict=wrong]').waitFor();
    },
  },
  {
    name: 'scanner-statistics',
    role: 'administrator',
    path: `/admin/scanners/device/statistics${DEVICE}`,
    async act(page) {
      await page.locator('.statistics-table summary').click();
      await page.locator('[data-day]').first().waitFor();
    },
  },
  {
    name: 'scanner-profiles',
    role: 'administrator',
    path: '/admin/scanners/profiles',
    async act(page) {
      await page.getByRole('button', { name: 'Export desk-reader-2' }).click();
      await page.getByTestId('exported').waitFor();
      await press(page, 'Import');
      await page.locator('#profile-file-error').waitFor();
    },
  },
  {
    name: 'scanner-thresholds',
    role: 'administrator',
    path: '/admin/scanners/thresholds',
    act: (page) => page.locator('[data-database=immigration]').waitFor(),
  },
];
