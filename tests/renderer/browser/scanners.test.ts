// @vitest-environment node
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProfileProblem } from '../../../electron/contract/scanners.ts';
import { EXAMPLE_EFFECTS, EXAMPLE_SCANNERS, exampleScanner } from '../support/example-scanners.ts';
import { openFakePages, type FakePages } from '../support/fake-pages.ts';
import { FakeScanners } from '../support/fake-scanners.ts';
import type { FakeStation } from '../support/fake-station.ts';

/** A browser under load on two cores takes its time. */
const PATIENCE_MS = 60_000;
const CHOSEN = '/dev/hidraw0';

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

beforeEach(() => {
  Object.assign(fake.scanners, new FakeScanners());
  fake.calls.length = 0;
  fake.refusals.clear();
});

/** Opens a page anew, as a link to it would. */
async function open(path: string): Promise<void> {
  await page.evaluate(() => (location.hash = '/admin/users'));
  await page.locator('.new-user').waitFor();
  await page.evaluate((hash) => (location.hash = hash), path);
  await page.locator('main h1').waitFor();
}

const openPart = (part: string, path = CHOSEN): Promise<void> =>
  open(`/admin/scanners/device${part === 'about' ? '' : `/${part}`}?path=${path}`);
const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const card = (path: string) => page.locator(`.scanner-card[data-path="${path}"]`);
const callsOf = (name: string) =>
  fake.calls.filter((call) => call.name === `scanners.${name}`).map(({ input }) => input);
const inMain = (): Promise<string> => page.locator('main').innerText();
const success = (): Promise<string> =>
  page.locator('.govuk-notification-banner--success .govuk-notification-banner__heading').innerText();

describe('the list of scanners', () => {
  test.each([
    ['simulated:0', 'Simulated, for training', null],
    ['/dev/hidraw0', 'In use', null],
    ['/dev/hidraw1', 'Cannot be used', 'It is not enrolled'],
    ['/dev/hidraw2', 'Cannot be used', 'The station has no permission to open it.'],
    ['/dev/hidraw3', 'Cannot be used', 'Another program holds it.'],
    ['libfprint:0', 'Cannot be used', 'It tells no serial number'],
  ])(
    'says of %s that it is "%s", and why it cannot be used',
    async (path, tag, why) => {
      await open('/admin/scanners');
      await card(path).waitFor();
      const words = await card(path).innerText();
      expect(words).toContain(tag);
      if (why === null) expect(await card(path).locator('.scanner-card__why').count()).toBe(0);
      else expect(words).toContain(why);
    },
    PATIENCE_MS,
  );

  test(
    'of a missing driver says what to install',
    async () => {
      fake.scanners.change('/dev/hidraw3', { refusal: 'driver-missing' });
      await open('/admin/scanners');
      expect(await card('/dev/hidraw3').innerText()).toContain('Its driver is missing. Install the station');
    },
    PATIENCE_MS,
  );

  test(
    'gives the udev rule and its file for the one without permission, and for no other',
    async () => {
      await open('/admin/scanners');
      await card('/dev/hidraw2').waitFor();
      expect(await page.locator('.scanner-card pre').allInnerTexts()).toEqual([EXAMPLE_SCANNERS[3]?.udevRule]);
      expect(await card('/dev/hidraw2').innerText()).toContain('/etc/udev/rules.d/71-ridgeway.rules');
    },
    PATIENCE_MS,
  );

  test(
    'keeps devices that no profile fits apart, without a button',
    async () => {
      await open('/admin/scanners');
      const row = page.locator('tr[data-path="/dev/hidraw4"]');
      expect(await row.innerText()).toMatch(/USB keyboard\s+046d:c31c/);
      expect(await row.locator('button, a').count()).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'chooses another scanner, and marks that one',
    async () => {
      await open('/admin/scanners');
      await card('simulated:0')
        .getByRole('button', { name: /^Use this scanner/ })
        .click();
      await card('simulated:0').getByText('In use').waitFor();
      expect(callsOf('choose')).toEqual([{ path: 'simulated:0' }]);
      expect(await card(CHOSEN).getByText('In use').count()).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'says that the force has chosen, and then offers no choice',
    async () => {
      fake.scanners.view = { ...fake.scanners.view, isChoiceFixed: true };
      await open('/admin/scanners');
      await page.getByText('Your force has chosen the scanner of this station by machine policy.').waitFor();
      expect(await page.getByRole('button', { name: /^Use this scanner/ }).count()).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'withdraws the enrolment of a scanner that is not plugged in',
    async () => {
      await open('/admin/scanners');
      await page.getByTestId('absent').getByRole('button').click();
      await page.getByTestId('absent').waitFor({ state: 'detached' });
      expect(callsOf('withdraw')).toEqual([{ vendorId: 0x1209, productId: 1, serialNumber: 'RW-00233' }]);
    },
    PATIENCE_MS,
  );

  test(
    'with nothing plugged in says what to do, with the rules for this computer',
    async () => {
      fake.scanners.view = { ...fake.scanners.view, scanners: [], absent: [] };
      await open('/admin/scanners');
      const empty = page.getByTestId('no-scanner');
      await empty.waitFor();
      expect(await empty.innerText()).toContain('No scanner was found');
      expect(await empty.locator('li').count()).toBe(3);
      expect(await empty.locator('pre').innerText()).toContain('SUBSYSTEM=="hidraw"');
      fake.scanners.view = { ...fake.scanners.view, scanners: [exampleScanner()] };
      await press('Look again');
      await card(CHOSEN).waitFor();
    },
    PATIENCE_MS,
  );

  test(
    'says in words when the devices cannot be listed',
    async () => {
      fake.refusals.set('scanners.list', 'scanner.driver-missing');
      await open('/admin/scanners');
      await page.locator('.govuk-error-summary').waitFor();
      expect(await inMain()).toContain("The scanner's driver is missing.");
    },
    PATIENCE_MS,
  );
});

describe('one scanner', () => {
  test(
    'shows what is known of it, and takes a name that the list then shows',
    async () => {
      await openPart('about');
      expect(await inMain()).toMatch(/RW-00417[\s\S]*1209:0001[\s\S]*1\.2\.3/);
      await page.locator('#scanner-name').fill('By the door');
      await press('Save name');
      expect(await success()).toBe('The name was saved.');
      expect(await page.locator('h1').innerText()).toBe('By the door');
      await page.locator('#scanner-name').fill(' ');
      await press('Save name');
      await page.getByRole('heading', { level: 1, name: 'Report scanner' }).waitFor();
      expect(callsOf('name')).toEqual([
        { path: CHOSEN, name: 'By the door' },
        { path: CHOSEN, name: null },
      ]);
    },
    PATIENCE_MS,
  );

  test(
    'is enrolled and withdrawn again, each told in a sentence',
    async () => {
      await openPart('about', '/dev/hidraw1');
      await press('Enrol this scanner');
      expect(await success()).toBe('The scanner was enrolled. Officers can take prints with it.');
      expect(await page.getByTestId('enrolment').innerText()).toBe('This scanner is enrolled.');
      await press('Withdraw enrolment');
      await page.getByText('Officers cannot take prints with it any more.').waitFor();
      expect(await page.getByTestId('enrolment').innerText()).toBe('This scanner is not enrolled.');
    },
    PATIENCE_MS,
  );

  test(
    'that cannot be opened offers no test, and says why',
    async () => {
      await openPart('test', '/dev/hidraw3');
      expect(await inMain()).toContain(
        'Nothing can be tried while the scanner cannot be opened. Another program holds it.',
      );
      expect(await page.getByRole('button', { name: 'Start a test' }).count()).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'that was pulled out is told to be gone',
    async () => {
      await openPart('about', '/dev/hidraw9');
      await expect.poll(inMain).toContain('This scanner is not plugged in any more.');
    },
    PATIENCE_MS,
  );

  test(
    'that is refused when it is enrolled says so',
    async () => {
      fake.refusals.set('scanners.enrol', 'scanner.in-use');
      await openPart('about', '/dev/hidraw1');
      await press('Enrol this scanner');
      await page.locator('.govuk-error-summary').waitFor();
      expect(await inMain()).toContain('Another program is using the scanner.');
    },
    PATIENCE_MS,
  );
});

describe('trying a scanner', () => {
  test(
    'a test capture tells quality, pictures a second, and the reports that were lost and sent again',
    async () => {
      await openPart('test');
      await press('Start a test');
      await page.locator('.test-capture[data-state=done]').waitFor();
      const words = (await page.locator('.test-capture').innerText()).replaceAll(/\s+/g, ' ');
      expect(words).toContain('The scanner works. Good quality (82 of 100)');
      expect(words).toContain('Pictures a second while waiting 25');
      expect(words).toContain('Reports lost 71');
      expect(words).toContain('Reports sent again 71');
      expect(words).toContain('3% of the reports were lost and sent again. The picture is whole.');
      expect(await page.getByTestId('erased').innerText()).toBe(
        'The picture was erased at 14:41:04. Receipt 5c1b7f8a.',
      );
      expect(callsOf('testCapture')).toEqual([{ path: CHOSEN }]);
    },
    PATIENCE_MS,
  );

  test(
    'a test that is stopped ends on the station too, and another can be started',
    async () => {
      fake.scanners.isTestEndless = true;
      await openPart('test');
      await press('Start a test');
      await page.locator('.test-capture[data-state=transferring]').waitFor();
      await press('Stop the test');
      await page.locator('.test-capture[data-state=stopped]').waitFor();
      await expect.poll(() => fake.scanners.testsLeft, { timeout: 10_000 }).toBe(1);
      fake.scanners.isTestEndless = false;
      await press('Start a test');
      await page.locator('.test-capture[data-state=done]').waitFor();
    },
    PATIENCE_MS,
  );

  test(
    'a test that is left by going to another page ends on the station',
    async () => {
      fake.scanners.isTestEndless = true;
      await openPart('test');
      await press('Start a test');
      await page.locator('.test-capture[data-state=transferring]').waitFor();
      await page.getByRole('link', { name: 'Glass', exact: true }).click();
      await expect.poll(() => fake.scanners.testsLeft, { timeout: 10_000 }).toBe(1);
    },
    PATIENCE_MS,
  );

  test(
    'a test that fails says what to do',
    async () => {
      fake.scanners.test = [{ kind: 'waiting-for-finger' }, { kind: 'failed', code: 'scanner.unplugged' }];
      await openPart('test');
      await press('Start a test');
      await page.locator('.test-capture[data-state=failed]').waitFor();
      expect(await page.locator('.test-capture [role=status]').innerText()).toContain('The scanner was unplugged.');
    },
    PATIENCE_MS,
  );

  test(
    'dirty glass is told with its share, where it is, and what to do',
    async () => {
      await openPart('glass');
      await press('Check the glass');
      await page.locator('[data-verdict=dirty]').waitFor();
      const words = (await inMain()).replaceAll(/\s+/g, ' ');
      expect(words).toContain('The glass is dirty Wipe it with a soft, dry cloth');
      expect(words).toContain('Glass with dirt on it 12.4%');
      expect(await page.getByRole('img', { name: 'Map of the dirt on the glass' }).count()).toBe(1);
    },
    PATIENCE_MS,
  );

  test.each([
    ['clean', 'The glass is clean'],
    ['uneven', 'The lighting is uneven'],
  ] as const)(
    'glass that is %s is told so',
    async (verdict, title) => {
      fake.scanners.glass = { ...fake.scanners.glass, verdict };
      await openPart('glass');
      await press('Check the glass');
      await page.locator(`[data-verdict=${verdict}]`).waitFor();
      expect(await inMain()).toContain(title);
    },
    PATIENCE_MS,
  );

  test(
    'a wrong resolution is told with what was measured, and a distance that cannot be is refused at its field',
    async () => {
      await openPart('resolution');
      await page.locator('#spacing').fill('9');
      await press('Check the resolution');
      expect(await page.locator('#spacing-error').innerText()).toContain('The distance must be a number from 0.5 to 5');
      expect(callsOf('checkResolution')).toEqual([]);
      await page.locator('#spacing').fill('0,5');
      await press('Check the resolution');
      await page.locator('[data-verdict=wrong]').waitFor();
      const words = (await inMain()).replaceAll(/\s+/g, ' ');
      expect(words).toContain('The resolution is wrong');
      expect(words).toContain('Measured across 512.3 pixels per inch');
      expect(words).toContain('Largest error 2.5% (at most 1% is right)');
      expect(callsOf('checkResolution')).toEqual([{ path: CHOSEN, spacingMm: 0.5 }]);
    },
    PATIENCE_MS,
  );

  test(
    'a glass without a target is told so',
    async () => {
      fake.scanners.resolution = { kind: 'no-target', receipt: fake.scanners.glass.receipt };
      await openPart('resolution');
      await press('Check the resolution');
      await page.locator('[data-verdict=no-target]').waitFor();
      expect(await inMain()).toContain('No target was found');
    },
    PATIENCE_MS,
  );

  test(
    'the printed target is forty millimetres wide on paper, and nothing else is printed with it',
    async () => {
      await openPart('resolution');
      await page.emulateMedia({ media: 'print' });
      const grid = page.locator('.printed-target__grid');
      const [first, last] = [
        await grid.locator('line').first().boundingBox(),
        await grid.locator('line').nth(40).boundingBox(),
      ];
      const visible = await page
        .locator('main button, main h2, nav, header')
        .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
      await page.emulateMedia({ media: 'screen' });
      // From the first line to the last; a CSS millimetre is 96 / 25.4 pixels.
      expect((((last?.x ?? 0) - (first?.x ?? 0)) * 25.4) / 96).toBeCloseTo(40, 1);
      expect(visible).toBe(0);
    },
    PATIENCE_MS,
  );
});

describe('statistics', () => {
  test(
    'are a chart with its summary in words, and the same numbers as a table',
    async () => {
      await openPart('statistics');
      const chart = page.getByRole('img', {
        name: /^Mean quality of each day, 0 to 100\. 170 prints, mean quality 71 of 100\.$/,
      });
      await chart.waitFor();
      const days = fake.scanners.days(30);
      expect(await chart.locator('.day-chart__bar').count()).toBe(days.filter(({ captures }) => captures > 0).length);
      await page.locator('.statistics-table summary').click();
      const row = page.locator('[data-day="2026-11-19"]');
      expect((await row.innerText()).split(/\s+/)).toEqual(['19', 'November', '2026', '3', '58', '0', '0', '0']);
      await page.locator('#period').selectOption({ label: 'The last 14 days' });
      await expect.poll(() => callsOf('statistics').length).toBe(2);
      expect(callsOf('statistics').at(-1)).toEqual({
        device: { vendorId: 0x1209, productId: 1, serialNumber: 'RW-00417' },
        days: 14,
      });
    },
    PATIENCE_MS,
  );

  test(
    'of a scanner that nobody used say so, without an empty chart',
    async () => {
      fake.scanners.days = () => [];
      await openPart('statistics');
      await page.getByText('No print was taken with this scanner in these days.').waitFor();
      expect(await page.locator('.day-chart').count()).toBe(0);
    },
    PATIENCE_MS,
  );
});

describe('profiles', () => {
  const choose = (name: string, text: string): Promise<void> =>
    page.locator('#profile-file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

  test(
    'a good one is imported, its text as it was',
    async () => {
      await open('/admin/scanners/profiles');
      await choose('mine.json', '{"format":1}');
      await press('Import');
      expect(await success()).toBe('The profile desk-reader-2 was imported. Scanners that fit it are listed now.');
      expect(callsOf('importProfile')).toEqual([{ text: '{"format":1}' }]);
    },
    PATIENCE_MS,
  );

  test.each<[string, ProfileProblem[], string[]]>([
    [
      'no JSON',
      [{ field: '', problem: 'not-json', bound: null }],
      ['The file: is not JSON. Choose the file that the maker gave you.'],
    ],
    [
      'a resolution below the bound',
      [{ field: 'resolutionPpi', problem: 'too-small', bound: 250 }],
      ['resolutionPpi: must be at least 250.'],
    ],
    [
      'two wrong fields',
      [
        { field: 'usage', problem: 'missing', bound: null },
        { field: 'triedOn.1', problem: 'not-allowed', bound: null },
      ],
      ['usage: is missing. Add it.', 'triedOn.1: is not one of the values that are allowed.'],
    ],
  ])(
    'a bad one with %s is refused with the field and what is wanted',
    async (_what, problems, sentences) => {
      fake.scanners.import = { kind: 'refused', problems };
      await open('/admin/scanners/profiles');
      await choose('bad.json', '{}');
      await press('Import');
      await page.locator('#profile-file-error').waitFor();
      expect(await page.locator('.govuk-error-summary__list li').allInnerTexts()).toEqual(sentences);
      expect(await page.locator('.govuk-notification-banner--success').count()).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'one that is too long is refused before it is sent',
    async () => {
      await open('/admin/scanners/profiles');
      await choose('long.json', 'x'.repeat(10_001));
      await press('Import');
      expect(await page.locator('#profile-file-error').innerText()).toContain(
        'The file: is longer than 10000 characters',
      );
      expect(callsOf('importProfile')).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'one is exported: the page shows its text and where the station has written it',
    async () => {
      await open('/admin/scanners/profiles');
      await page.getByRole('button', { name: 'Export ridgeway-high-speed' }).click();
      const shown = page.getByTestId('exported');
      await shown.waitFor();
      expect(await shown.innerText()).toContain('/var/lib/ridgeway/scanner-profiles/ridgeway-high-speed.json');
      expect(JSON.parse(await shown.locator('pre').innerText())).toEqual({
        format: 1,
        profileId: 'ridgeway-high-speed',
      });
    },
    PATIENCE_MS,
  );

  test(
    'an imported one is removed at the second press; one that came with the station has no such button',
    async () => {
      await open('/admin/scanners/profiles');
      const row = page.locator('[data-profile=desk-reader-2]');
      await row.getByRole('button', { name: /^Remove/ }).click();
      expect(callsOf('removeProfile')).toEqual([]);
      await row.getByRole('button', { name: /^Remove for good/ }).click();
      await row.waitFor({ state: 'detached' });
      expect(await success()).toBe('The profile was removed. Its scanners cannot be used any more.');
      expect(await page.locator('[data-profile=ridgeway-high-speed]').getByRole('button').count()).toBe(1);
    },
    PATIENCE_MS,
  );
});

describe('thresholds', () => {
  test(
    'show their effect while they are typed, before anything is saved',
    async () => {
      await open('/admin/scanners/thresholds');
      const effect = page.getByTestId('quality-effect');
      await expect.poll(() => effect.innerText()).toContain('40 of 412 prints taken here (9.7%) were below it');
      await page.locator('#minimumQuality').fill('103');
      await page.locator('#minimumQuality').fill('62');
      await expect.poll(() => effect.innerText()).toContain('62 of 412 prints taken here (15%)');
      expect(fake.calls.some(({ name }) => name === 'administration.changeSettings')).toBe(false);
      const row = page.locator('[data-database=police] tr').first();
      expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toBe(
        `Police records 1,000,000 people Match ${EXAMPLE_EFFECTS.police?.match.oneFinger.toFixed(1)} 10.3 0.1`,
      );
      expect(await page.locator('[data-database=immigration]').innerText()).toContain('Not ready');
    },
    PATIENCE_MS,
  );

  test(
    'are saved with every other setting as it was, and a wrong one is refused at its field',
    async () => {
      await open('/admin/scanners/thresholds');
      await page.locator('#minimumQuality').fill('101');
      await press('Save thresholds');
      expect(await page.locator('#minimumQuality-error').innerText()).toContain('from 0 to 100');
      await page.locator('#minimumQuality').fill('55');
      await press('Save thresholds');
      expect(await success()).toBe('The thresholds were saved.');
      const saved = fake.calls.findLast(({ name }) => name === 'administration.changeSettings');
      expect(saved?.input).toMatchObject({
        minimumQuality: 55,
        forceName: 'Training Constabulary',
        maximumAttempts: 5,
      });
    },
    PATIENCE_MS,
  );

  test(
    'that the force has fixed are shown, greyed, with who fixed them',
    async () => {
      fake.fixedByPolicy = ['forceName', 'forceCode', 'matchTargetFpir'];
      await open('/admin/scanners/thresholds');
      const field = page.locator('#matchTargetFpir');
      await field.waitFor();
      expect(await field.isDisabled()).toBe(true);
      expect(await field.inputValue()).toBe('0.0001');
      expect(await page.locator('#matchTargetFpir-hint').innerText()).toContain(
        'Your force has fixed this by machine policy.',
      );
      expect(await page.locator('#possibleTargetFpir').isDisabled()).toBe(false);
      fake.fixedByPolicy = ['forceName', 'forceCode'];
    },
    PATIENCE_MS,
  );

  test(
    'of a station that took no print yet have no effect to show',
    async () => {
      fake.scanners.effects = { ...EXAMPLE_EFFECTS, captures: 0 };
      await open('/admin/scanners/thresholds');
      await expect.poll(() => page.getByTestId('quality-effect').innerText()).toContain('No print was taken yet');
    },
    PATIENCE_MS,
  );
});
