import { describe, expect, test } from 'vitest';
import { readSettings, toSettingsText } from '../../../renderer/journeys/admin/settings-form.ts';
import { monthsBetween, toCountLines } from '../../../renderer/journeys/counts/counts-table.ts';
import { EXAMPLE_SETTINGS } from '../support/example-administration.ts';
import { mountApp } from '../support/mount-app.ts';

describe('settings', () => {
  test('what the station gave is what the form gives back', () => {
    expect(readSettings(toSettingsText(EXAMPLE_SETTINGS))).toEqual({ kind: 'settings', settings: EXAMPLE_SETTINGS });
  });

  test.each([
    ['minimumQuality', '101'],
    ['minimumQuality', ''],
    ['maximumAttempts', '2.5'],
    ['matchTargetFpir', '0'],
    ['searchDeadlineMs', '999'],
    ['stationCode', 'Desk 1'],
    ['stationName', '   '],
  ] as const)('%s cannot be "%s"', (name, typed) => {
    expect(readSettings({ ...toSettingsText(EXAMPLE_SETTINGS), [name]: typed })).toEqual({
      kind: 'wrong',
      names: [name],
    });
  });

  test('a setting that the force has fixed is shown, greyed, and says who fixed it', async () => {
    const page = await mountApp();
    await page.signIn('administrator');
    await page.router.push('/admin/settings');
    await page.settle();
    expect((document.getElementById('forceName') as HTMLInputElement).disabled).toBe(true);
    expect(document.getElementById('forceName-hint')?.textContent).toContain('Your force has fixed this');
    expect((document.getElementById('stationName') as HTMLInputElement).disabled).toBe(false);
  });
});

describe('users', () => {
  test('a first password is shown once and is gone when the page is left', async () => {
    const page = await mountApp();
    await page.signIn('administrator');
    await page.router.push('/admin/users');
    await page.settle();
    await page.type('new-user-name', 'pc2');
    await page.type('new-display-name', 'PC Two');
    await page.choose('new-role');
    await page.submit();
    expect(page.text()).toContain('river-lantern-copper');
    await page.router.push('/admin/scanners');
    await page.settle();
    await page.router.push('/admin/users');
    await page.settle();
    expect(page.text()).not.toContain('river-lantern-copper');
  });

  test('a name that is taken is told beside its field', async () => {
    const page = await mountApp();
    await page.signIn('administrator');
    await page.router.push('/admin/users');
    await page.settle();
    page.fake.refusals.set('administration.createUser', 'user.name-taken');
    await page.type('new-user-name', 'officer');
    await page.type('new-display-name', 'PC Two');
    await page.choose('new-role');
    await page.submit();
    expect(document.getElementById('new-user-name-error')?.textContent).toContain('This user name is taken.');
  });
});

describe('monthly counts', () => {
  test('sending cannot be switched on without an address', async () => {
    const page = await mountApp();
    await page.signIn('administrator');
    await page.router.push('/admin/upstream');
    await page.settle();
    await page.type('address', '');
    await page.submit();
    expect(page.text()).toContain('Enter a whole address');
    expect(page.fake.calls.some(({ name }) => name === 'administration.changeUpstream')).toBe(false);
  });

  test('a number that is held back is told in words, never as a zero or an empty cell', async () => {
    const page = await mountApp();
    await page.signIn('sergeant');
    await page.router.push('/counts');
    await page.settle();
    const cells = [...document.querySelectorAll('[data-cell="answer/immigration/match"] td')];
    expect(cells.some((cell) => cell.textContent?.trim() === 'Held back')).toBe(true);
  });

  test('months without a row stay empty of numbers, and months run over the end of a year', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    const rows = [{ month: '2026-01', cell: 'check', count: { kind: 'number' as const, value: 7 } }];
    expect(toCountLines(rows, ['2025-12', '2026-01'])).toEqual([
      { cell: 'check', counts: [null, { kind: 'number', value: 7 }] },
    ]);
  });
});
