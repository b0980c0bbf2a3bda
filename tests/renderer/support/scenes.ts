import type { Page } from 'playwright';
import { soundGrounds } from '../../support/sound-grounds.ts';
import {
  answered,
  answeredDraft,
  captureView,
  CAPTURED,
  closedView,
  exampleMap,
  groundsView,
  interruptedView,
  match,
  noMatch,
  outstanding,
  possibleMatch,
  resultsView,
  searchingView,
  wordsView,
} from './example-views.ts';
import { SCANNER_SCENES } from './scanner-scenes.ts';
import type { Scene } from './scene.ts';

const IMMIGRATION = 'Immigration extract, training';
const QUESTIONS = [
  'purpose',
  'custody-record',
  'power-holder',
  'person',
  'appropriate-adult',
  'arrest',
  'livescan',
  'offence-stage',
  'offence-category',
  'offence',
  'name',
  'documents',
  'interpreter',
  'force',
];

/** Presses the button that goes on without having answered. */
const goOn = (page: Page): Promise<void> => page.locator('main form button[type=submit]').click();

/** Every page of the officer's journey in every state that looks different. */
const OFFICER: readonly Scene[] = [
  { name: 'home', role: 'officer', path: '/', startsAnew: true },
  { name: 'home-open-check', role: 'officer', check: wordsView(2), path: '/' },
  {
    name: 'display-menu',
    endsHere: true,
    role: 'officer',
    path: '/',
    act: (page) => page.getByRole('button', { name: 'Display' }).click(),
  },
  ...QUESTIONS.map((question) => ({
    name: `question-${question}`,
    role: 'officer' as const,
    check: groundsView(),
    path: `/check/grounds/${question}`,
  })),
  ...['appropriate-adult', 'documents', 'force', 'name', 'livescan', 'interpreter'].map((question) => ({
    name: `question-${question}-open`,
    role: 'officer' as const,
    check: groundsView(),
    path: `/check/grounds/${question}`,
    async act(page: Page): Promise<void> {
      const last = ['documents', 'force', 'livescan', 'interpreter'].includes(question);
      await page
        .locator('main input[type=radio]')
        .nth(last ? 1 : 0)
        .check();
      await goOn(page);
    },
  })),
  { name: 'stop', role: 'officer', check: groundsView(), path: '/check/grounds/stop/purpose-consent' },
  {
    name: 'refused',
    role: 'officer',
    check: groundsView({ kind: 'refused', refusals: ['no-suspicion', 'no-opportunity-given'] }),
    path: '/check/grounds/assessment',
  },
  {
    name: 'diverted',
    role: 'officer',
    check: groundsView({ kind: 'diverted', to: 'livescan' }),
    path: '/check/grounds/assessment',
  },
  {
    name: 'answers',
    role: 'officer',
    // Another check than the scenes before: its answers are those that the station kept.
    check: { ...groundsView(null, answeredDraft()), checkId: '5f0f2f6e-6f2c-4b39-9d0e-0a1d0f7c9f12' },
    path: '/check/grounds/answers',
    startsAnew: true,
    endsHere: true,
  },
  { name: 'interrupted', role: 'officer', check: interruptedView(), startsAnew: true },
  { name: 'interrupted-grounds', role: 'officer', check: interruptedView('signed-out', 'grounds') },
  {
    name: 'words-interpreter',
    role: 'officer',
    check: wordsView(
      1,
      soundGrounds({ interpreter: { kind: 'used', language: 'Polish', byWhom: 'Anna Nowak, 20417' } }),
    ),
  },
  { name: 'words', role: 'officer', check: wordsView() },
  { name: 'words-all-said', role: 'officer', check: wordsView(5) },
  { name: 'capture', role: 'officer', check: captureView() },
  {
    name: 'capture-preview',
    role: 'officer',
    check: captureView({ kind: 'previewing', map: exampleMap(2), quality: 40, hint: 'move-left' }),
  },
  {
    name: 'capture-failed',
    role: 'officer',
    check: captureView(CAPTURED, { kind: 'failed', code: 'scanner.unplugged' }),
    act: (page) => page.locator('[data-slot=second] summary').click(),
  },
  {
    name: 'capture-below-threshold',
    role: 'officer',
    check: captureView({ kind: 'missing' }, { ...CAPTURED, quality: 31, isBelowThreshold: true }),
    act: goOn,
  },
  { name: 'searching', role: 'officer', check: searchingView() },
  { name: 'searching-queued', role: 'officer', check: searchingView({ state: 'queued' }, { state: 'queued' }) },
  {
    name: 'searching-one-answered',
    role: 'officer',
    check: searchingView({ state: 'searching', searchedShare: 0.3 }, answered(noMatch(IMMIGRATION))),
  },
  {
    name: 'searching-outstanding',
    role: 'officer',
    check: searchingView(answered(match('2018/0123456P')), outstanding()),
    act: (page) => page.locator('[data-answer=match]').waitFor(),
  },
  {
    name: 'searching-waiting',
    role: 'officer',
    check: searchingView(outstanding('gateway-unreachable', { isWaiting: true }), answered(noMatch(IMMIGRATION))),
    act: (page) => page.locator('[data-answer=no-match]').waitFor(),
  },
  {
    name: 'searching-both-outstanding',
    role: 'officer',
    check: searchingView(outstanding('gateway-failed', { canTryAgain: false }), outstanding('gateway-busy')),
  },
  {
    name: 'results-match',
    role: 'officer',
    check: resultsView(match('2018/0123456P'), match('IMM-000932', IMMIGRATION)),
  },
  {
    name: 'results-possible',
    role: 'officer',
    check: resultsView(possibleMatch(['2018/0123456P', '2002/0073319Z']), noMatch(IMMIGRATION)),
  },
  {
    name: 'results-none',
    role: 'officer',
    check: resultsView({ kind: 'timed-out', afterMs: 30_000 }, { kind: 'unavailable', reason: 'gateway-unreachable' }),
  },
  {
    name: 'results-given-up',
    role: 'officer',
    check: resultsView(
      match({ kind: 'cro-number', printed: '065656/91H', fault: null }),
      { kind: 'timed-out', afterMs: 141_000 },
      { immigration: 'given-up' },
    ),
  },
  {
    name: 'results-letter-does-not-fit',
    role: 'officer',
    check: resultsView(
      possibleMatch([
        { kind: 'pnc-id', printed: '2003/0011985Z', fault: 'wrong-check-letter' },
        { kind: 'asn', printed: '1101ZD0100000410836V', fault: null },
      ]),
      match('IMM-000932', IMMIGRATION),
      { police: 'late' },
    ),
  },
  {
    name: 'results-unusable',
    role: 'officer',
    check: resultsView(
      { kind: 'unusable', reason: 'too-few-minutiae' },
      { kind: 'unusable', reason: 'too-few-minutiae' },
    ),
  },
  { name: 'closed', role: 'officer', check: closedView() },
  { name: 'closed-declined', role: 'officer', check: closedView('declined') },
  { name: 'end', role: 'officer', check: wordsView(), path: '/check/end/declined' },
  { name: 'sign-out', role: 'officer', check: wordsView(), path: '/check/sign-out' },
  {
    name: 'locked',
    endsHere: true,
    startsAnew: true,
    role: 'officer',
    path: '/',
    async act(page) {
      await page.getByRole('button', { name: 'Lock' }).click();
      await page.getByRole('heading', { name: 'This screen is locked' }).waitFor();
    },
  },
];

const OTHERS: readonly Scene[] = [
  { name: 'home-administrator', role: 'administrator', path: '/' },
  ...SCANNER_SCENES,
  { name: 'settings', role: 'administrator', path: '/admin/settings' },
  {
    name: 'settings-saved',
    role: 'administrator',
    path: '/admin/settings',
    async act(page) {
      await page.locator('#minimumQuality').fill('45');
      await goOn(page);
      await page.getByText('The settings were saved.').waitFor();
    },
  },
  { name: 'databases', role: 'administrator', path: '/admin/databases' },
  {
    name: 'databases-problems',
    role: 'administrator',
    path: '/admin/databases',
    async act(page) {
      await page.locator('#immigration-keyFile').fill('');
      await goOn(page);
      await page.locator('.govuk-error-summary').waitFor();
    },
  },
  { name: 'upstream', role: 'administrator', path: '/admin/upstream' },
  {
    name: 'users',
    endsHere: true,
    role: 'administrator',
    path: '/admin/users',
    async act(page) {
      await page
        .getByRole('button', { name: /^New password/ })
        .first()
        .click();
      await page.getByTestId('first-password').waitFor();
    },
  },
  { name: 'home-auditor', role: 'auditor', path: '/' },
  {
    name: 'audit',
    role: 'auditor',
    path: '/audit',
    async act(page) {
      await page.getByTestId('audit').waitFor();
      await page.getByRole('button', { name: 'Verify the log' }).click();
      await page.locator('[data-verified]').waitFor();
    },
  },
  { name: 'home-sergeant', role: 'sergeant', path: '/' },
  { name: 'counts', role: 'sergeant', path: '/counts', act: (page) => page.getByTestId('counts').waitFor() },
];

/** Every page of the station in every state that looks different. */
export const SCENES: readonly Scene[] = [
  { name: 'sign-in', role: null },
  { name: 'sign-in-problems', role: null, act: goOn },
  ...OFFICER,
  ...OTHERS,
];
