import { SPOKEN_WORDS } from '../../electron/contract/grounds.ts';
import { stationContract } from '../../electron/contract/station-contract.ts';
import { blankDraft } from '../support/blank-draft.ts';
import { soundGrounds } from '../support/sound-grounds.ts';

/** One call to be made: which procedure, with what. */
export interface DrawnCall {
  readonly group: string;
  readonly name: string;
  readonly input: unknown;
}

/** Things of the station that a caller may have learnt: open checks, other people's grants, users. */
export interface Known {
  readonly checkIds: readonly string[];
  /** Grants of checks whose number the caller is never given together with them. */
  readonly grantIds: readonly string[];
  readonly userIds: readonly string[];
}

/** Calls that cost a password hash or a reading of the whole log are made once for so many of the others. */
const DEAR_ONCE_IN = 60;
const DEAR = new Set([
  'session.signIn',
  'session.unlock',
  'session.changePassword',
  'audit.verify',
  'audit.exportLog',
  'health.selfTest',
]);
/** Calls that open a scanner. */
const OPENING = new Set(['enrol', 'testCapture', 'checkGlass', 'checkResolution'].map((name) => `scanners.${name}`));
const DEAR_TOO = new Set(['administration.createUser', 'administration.resetPassword']);

const PATHS = Object.entries(stationContract).flatMap(([group, members]) =>
  Object.keys(members).map((name) => ({ group, name })),
);

const ODD: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  1e308,
  Number.NaN,
  true,
  '',
  '\u0000',
  "'; DROP TABLE identity_check; --",
  '../../../etc/passwd',
  'x'.repeat(5_000),
  '\ud800',
  [],
  [[[[[]]]]],
  {},
  { __proto__: null, constructor: 'x' },
  new Date(0),
  new Uint8Array(32),
  new Map([['a', 1]]),
  10n,
];

/** Draws calls: mostly near to what the contract wants, some far from it. `random` gives 0 to 1. */
export class CallDrawer {
  readonly #random: () => number;
  readonly #known: () => Known;

  constructor(random: () => number, known: () => Known) {
    this.#random = random;
    this.#known = known;
  }

  draw(): DrawnCall {
    const { group, name } = this.#one(PATHS);
    const path = `${group}.${name}`;
    if ((DEAR.has(path) || DEAR_TOO.has(path)) && this.#random() > 1 / DEAR_ONCE_IN) return this.draw();
    // An administrator may test a scanner: those calls are never drawn as they should be, so that no scanner may open.
    if (OPENING.has(path)) return { group, name, input: { also: this.#one(ODD) } };
    return { group, name, input: this.#spoil(this.#wanted(path)) };
  }

  #one<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] as T;
  }

  /** What the contract wants, as far as a caller could know it. */
  #wanted(path: string): Record<string, unknown> {
    const { checkIds, grantIds, userIds } = this.#known();
    const underGrant = { checkId: this.#one(checkIds), grantId: this.#one(grantIds) };
    const inputs: Readonly<Record<string, Record<string, unknown>>> = {
      'session.signIn': { userName: this.#one(['officer', 'admin', 'nobody']), password: 'a guess of a password' },
      'session.unlock': { password: 'a guess of a password' },
      'session.changePassword': { present: 'a guess of a password', wanted: 'plain blue umbrella' },
      'checks.recordGrounds': { checkId: this.#one(checkIds), grounds: this.#grounds() },
      'checks.keepDraft': {
        checkId: this.#one(checkIds),
        draft: blankDraft({ purpose: this.#one([null, 'consent']) }),
        answered: this.#one([null, 'purpose', 'force']),
      },
      'checks.confirmSpoken': { checkId: this.#one(checkIds), word: this.#one(SPOKEN_WORDS) },
      'checks.capture': { ...underGrant, slot: this.#one(['first', 'second']), position: this.#one([1, 2, 7, 10]) },
      'checks.cancelCapture': underGrant,
      'checks.markFinger': { ...underGrant, slot: 'first', condition: this.#one(['missing', 'bandaged', 'wanted']) },
      'checks.search': { ...underGrant, whyBelowThreshold: this.#one([null, 'because']) },
      'checks.end': { checkId: this.#one(checkIds), why: this.#one(['declined', 'abandoned']) },
      'scanners.choose': { path: this.#one(['simulated:0', '/dev/hidraw9']) },
      'scanners.name': { path: 'simulated:0', name: this.#one([null, 'the one by the door']) },
      'scanners.withdraw': { vendorId: 0x1209, productId: 1, serialNumber: 'TRAINING-0001' },
      'scanners.statistics': {
        device: { vendorId: 0x1209, productId: 1, serialNumber: 'TRAINING-0001' },
        days: this.#one([7, 30, 400]),
      },
      'scanners.thresholds': { minimumQuality: 40, matchTargetFpir: 1e-5, possibleTargetFpir: 1e-3 },
      'scanners.importProfile': { text: this.#one(['{}', 'nonsense', '{"format":1}', '[]']) },
      'scanners.exportProfile': { profileId: this.#one(['ridgeway-high-speed', '../../escape']) },
      'scanners.removeProfile': { profileId: this.#one(['ridgeway-high-speed', 'mine']) },
      'administration.changeUpstream': { isSwitchedOn: this.#one([true, false]), address: 'http://127.0.0.1:9/' },
      'administration.createUser': {
        userName: `u${Math.floor(this.#random() * 1e9)}`,
        displayName: 'X',
        role: 'officer',
      },
      'administration.resetPassword': { userId: this.#one(userIds) },
      'administration.setUserDisabled': { userId: this.#one(userIds), isDisabled: false },
      'counts.byMonth': { from: '2026-01', to: '2026-12' },
      'health.logLines': { limit: this.#one([1, 20, 500]), level: this.#one([null, 'fault']), codeBegins: '' },
      'audit.search': { checkReference: null, beforeSequence: null, limit: this.#one([1, 20, 500]) },
    };
    const ofCheck = /^checks\.(watch|resume|proceedToCapture|viewResults|close|noteSlip)$/.test(path);
    return { ...inputs[path], ...(ofCheck && { checkId: this.#one(checkIds) }) };
  }

  #grounds(): unknown {
    const field = this.#one(['suspicion', 'nameCondition', 'powerHolder', 'ageBand', 'force']);
    return this.#random() < 0.5 ? soundGrounds() : { ...soundGrounds(), [field]: this.#one(ODD) };
  }

  /** Leaves half of the inputs as they are, and damages one place of the others. */
  #spoil(input: Record<string, unknown>): unknown {
    const fate = this.#random();
    if (fate < 0.5) return input;
    if (fate < 0.6) return this.#one(ODD);
    if (fate < 0.7) return { ...input, [this.#one(['extra', '__proto__', 'checkId', 'toString'])]: this.#one(ODD) };
    const keys = Object.keys(input);
    if (keys.length === 0) return { surprise: this.#one(ODD) };
    const spoilt: Record<string, unknown> = { ...input, [this.#one(keys)]: this.#one(ODD) };
    if (fate > 0.9) delete spoilt[this.#one(keys)];
    return spoilt;
  }
}
