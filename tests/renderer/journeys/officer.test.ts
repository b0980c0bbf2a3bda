import { describe, expect, test, vi } from 'vitest';
import { emptyDraft } from '../../../renderer/journeys/grounds/grounds-draft.ts';
import { useGrounds } from '../../../renderer/journeys/grounds/grounds-store.ts';
import { FAKE_PASSWORD, FakeStation } from '../support/fake-station.ts';
import {
  answeredDraft,
  captureView,
  CAPTURED,
  closedView,
  exampleStatus,
  groundsView,
  interruptedView,
  match,
  noMatch,
  resultsView,
  wordsView,
} from '../support/example-views.ts';
import { mountApp } from '../support/mount-app.ts';

describe('signing in', () => {
  test('a wrong password is told in words, and the field is emptied', async () => {
    const page = await mountApp();
    await page.type('user-name', 'officer');
    await page.type('password', 'wrong');
    await page.submit();
    expect(page.text()).toContain('The user name or password is wrong. Try again.');
    expect((document.getElementById('password') as HTMLInputElement).value).toBe('');
    expect(document.activeElement?.className).toContain('govuk-error-summary');
  });

  test('a first password leads to its change and nowhere else', async () => {
    const fake = new FakeStation();
    fake.newcomers.add('officer');
    const page = await mountApp(fake);
    await page.signIn();
    expect(page.heading()).toBe('Choose your own password');
    await page.router.push('/');
    expect(page.heading()).toBe('Choose your own password');
    await page.type('present-password', 'first');
    await page.type('new-password', 'too short');
    await page.submit();
    expect(page.text()).toContain('The new password must have at least 12 characters');
    await page.type('new-password', 'three random words');
    await page.type('repeated-password', 'three random words');
    await page.submit();
    expect(page.heading()).toBe('Identity check');
  });

  test('every role comes to its own home page and cannot open another role’s', async () => {
    const page = await mountApp();
    await page.signIn('auditor');
    expect(page.heading()).toBe('Audit');
    await page.router.push('/admin/users');
    await page.settle();
    expect(page.heading()).toBe('Audit');
  });

  test('an open check is offered to the officer who signs in again', async () => {
    const fake = new FakeStation();
    fake.check.set(wordsView(2));
    const page = await mountApp(fake);
    await page.signIn();
    expect(page.text()).toContain('Check RW-2026-000417 is open');
    await page.press('Go on with this check');
    expect(page.heading()).toBe('Say this to the person');
  });
});

describe('the page follows the stage that the station says', () => {
  test.each([
    [groundsView(), 'Why are prints to be taken?'],
    [wordsView(), 'Say this to the person'],
    [captureView(), 'Take two prints'],
    [resultsView(noMatch(), noMatch()), 'What the databases said'],
    [closedView('time-spent'), 'Check closed'],
  ])('%#: %s', async (view, heading) => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView());
    await page.settle();
    page.fake.check.set(view);
    await page.settle();
    expect(page.heading()).toBe(heading);
  });

  test('no page of a check can be opened at another stage', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    for (const path of ['/check/capture', '/check/results', '/check/words', '/check/closed']) {
      await page.router.push(path);
      await page.settle();
      expect(page.heading()).toBe('Why are prints to be taken?');
    }
  });

  test('a check that runs out of time tells so, wherever the officer was', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(closedView('time-spent'));
    await page.settle();
    expect(page.text()).toContain('The time for this check was spent, so the station ended it.');
  });

  test('when the station locks the session the page shows nothing else', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    const [connection] = page.connections;
    connection!.session = { ...connection!.session!, isLocked: true };
    page.fake.check.set(interruptedView('locked'));
    await page.settle();
    expect(page.heading()).toBe('This screen is locked');
  });
});

describe('the grounds', () => {
  test('going back keeps what was answered', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.choose('purpose');
    await page.submit();
    await page.type('custody-record-number', 'CR/7');
    await page.submit();
    await page.press('Back');
    expect((document.getElementById('custody-record-number') as HTMLInputElement).value).toBe('CR/7');
    await page.press('Back');
    expect((document.getElementById('purpose') as HTMLInputElement).checked).toBe(true);
  });

  test('the constable is the signed-in officer until another one is named', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.router.push('/check/grounds/power-holder');
    await page.settle();
    expect((document.getElementById('power-holder') as HTMLInputElement).value).toBe('PC Sam Archer');
  });

  test.each([
    [2, 'Breaking bail conditions is not an offence in itself'],
    [3, 'Immigration status alone is not a ground'],
    [4, 'A victim or a witness is not suspected'],
    [5, 'This power is for suspects only'],
    [6, 'Consent is not the basis'],
  ])('choosing wrong purpose %i is answered with its reason at once', async (number, words) => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.choose(`purpose-${number}`);
    await page.submit();
    expect(page.heading()).toBe('Prints cannot be taken on this ground');
    expect(page.text()).toContain(words);
  });

  test('a page without an answer says so and stays', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.submit();
    expect(page.text()).toContain('Choose one answer');
    expect(document.title).toBe('Error: Why are prints to be taken? – Ridgeway');
  });

  test('nothing of a check outlives the session in the page', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.choose('purpose-3');
    await page.router.push('/check/sign-out');
    await page.settle();
    const [, confirm] = [...document.querySelectorAll('button')].filter(
      (button) => button.textContent?.trim() === 'Sign out',
    );
    confirm!.click();
    await page.settle();
    expect(page.heading()).toBe('Sign in');
    expect(useGrounds().draft).toEqual(emptyDraft());
  });

  test('answers that the station kept come back after a reload, where the next one is missing', async () => {
    const fake = new FakeStation();
    const draft = { ...emptyDraft(), purpose: 'find-out-who-it-is' as const, hasNoCustodyRecord: true };
    fake.check.set(groundsView(null, draft));
    const page = await mountApp(fake);
    await page.signIn();
    await page.press('Go on with this check');
    expect(page.heading()).toBe('Who holds the suspicion?');
    await page.press('Back');
    expect((document.getElementById('no-custody-record') as HTMLInputElement).checked).toBe(true);
  });

  test('words that were typed and not gone on from are kept by the station all the same', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.router.push('/check/grounds/offence');
    await page.settle();
    await page.type('offence', 'theft from a sh');
    await expect
      .poll(() => page.fake.calls.find(({ name }) => name === 'checks.keepDraft')?.input)
      .toMatchObject({ draft: { offence: 'theft from a sh' }, answered: null });
  });

  test('a station that cannot keep an answer says so, and the page stays where it is', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    await page.choose('purpose');
    page.fake.refusals.set('checks.keepDraft', 'storage.failed');
    await page.submit();
    expect(page.heading()).toBe('Why are prints to be taken?');
    expect(page.text()).toContain('The station could not store this.');
  });

  test('the officer’s own collar number is typed once', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    Object.assign(useGrounds().draft, answeredDraft({ collarNumber: 'PC 4217' }));
    await page.router.push('/check/grounds/answers');
    await page.settle();
    await page.press('Confirm and go on');
    page.fake.check.set({ ...closedView('declined') });
    await page.settle();
    await page.press('Finish');
    page.fake.check.set(null);
    const next = { ...groundsView(), checkId: '5f0f2f6e-6f2c-4b39-9d0e-0a1d0f7c9f12' };
    page.fake.check.set(next);
    useGrounds().adopt(next);
    expect(useGrounds().draft.collarNumber).toBe('PC 4217');
    expect(useGrounds().draft.offence).toBe('');
  });
});

describe('an interrupted check', () => {
  test('is offered after unlocking, says what is gone, and goes on where it stood', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView(CAPTURED));
    await page.settle();
    await page.press('Lock');
    expect(page.heading()).toBe('This screen is locked');
    await page.type('password', FAKE_PASSWORD);
    await page.submit();
    expect(page.heading()).toBe('This check was interrupted');
    expect(page.text()).toContain('The screen was locked at 14:45.');
    expect(page.text()).toContain('take both fingers again');
    await page.press('Go on with this check');
    expect(page.router.currentRoute.value.path).toBe('/check/capture');
  });

  test('is the first thing that its officer sees after signing in', async () => {
    const fake = new FakeStation();
    fake.check.set(interruptedView('signed-out', 'words'));
    const page = await mountApp(fake);
    await page.signIn();
    expect(page.text()).toContain('the words that were said keep their times');
  });
});

describe('the slip', () => {
  test('is noted by the station before the printer is asked, and not printed when it cannot be', async () => {
    const page = await mountApp();
    const print = vi.fn();
    vi.stubGlobal('print', print);
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(closedView());
    await page.settle();
    page.fake.refusals.set('checks.noteSlip', 'storage.full');
    await page.press('Print the slip');
    expect(print).not.toHaveBeenCalled();
    await page.press('Print the slip');
    expect(print).toHaveBeenCalledOnce();
    expect(page.fake.calls.filter(({ name }) => name === 'checks.noteSlip')).toHaveLength(2);
    vi.unstubAllGlobals();
  });
});

describe('the prints', () => {
  test('a print below the quality wanted is searched only with a reason', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView(CAPTURED, { ...CAPTURED, quality: 30, isBelowThreshold: true }));
    await page.settle();
    await page.submit();
    expect(page.text()).toContain('Say why prints below the quality wanted are used');
    expect(page.fake.calls.some(({ name }) => name === 'checks.search')).toBe(false);
    await page.type('why-below-threshold', 'worn skin');
    await page.submit();
    const search = page.fake.calls.find(({ name }) => name === 'checks.search');
    expect(search?.input).toMatchObject({ whyBelowThreshold: 'worn skin' });
  });

  test('a good print is searched without a reason', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView(CAPTURED, { kind: 'missing' }));
    await page.settle();
    await page.submit();
    const search = page.fake.calls.find(({ name }) => name === 'checks.search');
    expect(search?.input).toMatchObject({ whyBelowThreshold: null });
  });

  test('another finger than the usual one is asked for by its position', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView());
    await page.settle();
    await page.select('position-first', '3');
    await page.press('Take the right middle finger');
    const capture = page.fake.calls.find(({ name }) => name === 'checks.capture');
    expect(capture?.input).toMatchObject({ slot: 'first', position: 3 });
  });

  test('a scanner that was unplugged is told in words that say what to do', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(captureView({ kind: 'failed', code: 'scanner.unplugged' }));
    await page.settle();
    expect(page.text()).toContain('The scanner was unplugged. Plug it in, and take the finger again.');
  });
});

describe('the results', () => {
  test('no answer is on the page before the station has noted the consultation', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.refusals.set('checks.viewResults', 'storage.failed');
    page.fake.check.set(resultsView(match('2018/0123456P'), noMatch()));
    await page.settle();
    expect(page.text()).toContain('The station could not store this.');
    expect(page.text()).not.toContain('2018/0123456P');
    await page.press('Show the answers');
    expect(page.text()).toContain('2018/0123456P');
  });

  test('both databases stand apart, each with its answer in words and in the page’s attributes', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(resultsView(match('2018/0123456P'), { kind: 'timed-out', afterMs: 30_000 }));
    await page.settle();
    const police = document.querySelector<HTMLElement>('[data-database="police"]')!;
    const immigration = document.querySelector<HTMLElement>('[data-database="immigration"]')!;
    expect({ ...police.dataset }).toMatchObject({ answer: 'match', reference: '2018/0123456P' });
    expect(immigration.getAttribute('data-answer')).toBe('timed-out');
    expect(immigration.getAttribute('data-reference')).toBe('');
    expect(immigration.textContent).toContain('Timed out');
    expect(immigration.textContent).toContain('This is not a no match.');
  });
});

describe('ethnicity', () => {
  const choice = { selfDefined: ['W1', 'NS'], officerDefined: ['IC1', 'IC9'] };

  test('is not asked for while the force does not record it', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(resultsView(noMatch(), noMatch()));
    await page.settle();
    expect(document.getElementById('ethnicity-self')).toBeNull();
    await page.press('Close this check');
    expect(page.fake.calls.some(({ name }) => name === 'checks.stateEthnicity')).toBe(false);
  });

  test('is stated before the check is closed, as not stated and unknown until somebody says more', async () => {
    const page = await mountApp(new FakeStation(exampleStatus({ ethnicity: choice })));
    await page.signIn();
    await page.press('Start an identity check');
    page.fake.check.set(resultsView(noMatch(), noMatch()));
    await page.settle();
    await page.select('ethnicity-officer', 'IC1');
    await page.press('Close this check');
    const stated = page.fake.calls.find(({ name }) => name === 'checks.stateEthnicity');
    expect(stated?.input).toMatchObject({ selfDefined: 'NS', officerDefined: 'IC1' });
    const names = page.fake.calls.map(({ name }) => name);
    expect(names.indexOf('checks.stateEthnicity')).toBeGreaterThan(0);
    expect(names.indexOf('checks.close')).toBeGreaterThan(names.indexOf('checks.stateEthnicity'));
  });
});

describe('every page', () => {
  test('says that this is a training station while the scanner is simulated, and stops when it is not', async () => {
    const page = await mountApp();
    expect(document.body.textContent).toContain('Training station: simulated scanner');
    page.fake.status.set(exampleStatus({ isTraining: false }));
    await page.settle();
    expect(document.body.textContent).not.toContain('Training station: simulated scanner');
  });

  test('says in one sentence that the connection was lost, and that the session went with it', async () => {
    const page = await mountApp();
    await page.signIn();
    await page.breakConnection();
    expect(document.body.textContent).toContain('The connection to the station was lost.');
    document.querySelector<HTMLElement>('[data-testid="connection-lost"] button')!.click();
    await page.settle();
    expect(page.heading()).toBe('Sign in');
    expect(page.text()).toContain('The connection was lost, so your session ended.');
  });

  test('a session that the station ended brings the officer back to the sign-in page', async () => {
    const page = await mountApp();
    await page.signIn();
    page.fake.refusals.set('checks.begin', 'session.none');
    await page.press('Start an identity check');
    expect(page.heading()).toBe('Sign in');
    expect(page.text()).toContain('The station ended your session.');
  });
});
