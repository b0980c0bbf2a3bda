import { DEFAULT_SETTINGS } from '../../electron/config/config-schema.ts';
import type { CheckView, DatabaseName } from '../../electron/contract/checks.ts';
import { SPOKEN_WORDS, type GroundsRecord } from '../../electron/contract/grounds.ts';
import { createProbeCustody } from '../../electron/custody/probe-custody.ts';
import type { SearchAnswer } from '../../electron/search/search-answer.ts';
import type { SearchProvider } from '../../electron/search/search-provider.ts';
import { createCheckDesk } from '../../electron/station/check/check-desk.ts';
import type { CheckNote, CheckRecords, EndedCheck } from '../../electron/station/check/check-records.ts';
import type { CheckServices } from '../../electron/station/check/check-services.ts';
import { createGrantBook } from '../../electron/station/check/grant.ts';
import type { IdentityCheck } from '../../electron/station/check/identity-check.ts';
import { systemRandomness } from '../../electron/station/system-clock.ts';
import type { Scanner } from '../../native-bridge/scanner/scanner.ts';
import { heldClock, type HeldClock } from './held-clock.ts';
import { soundGrounds } from './sound-grounds.ts';

const OFFICER = { userId: '00000000-0000-4000-8000-000000000001', userName: 'officer' };

interface Asked {
  readonly said: PromiseWithResolvers<SearchAnswer>;
  readonly options: Parameters<SearchProvider['search']>[1];
}

/** A database whose searches do what the test says. */
export class ToldDatabase implements SearchProvider {
  readonly database: DatabaseName;
  /** How often it was asked. */
  timesAsked = 0;
  /** Searches that were ended from outside. */
  timesEnded = 0;
  /** True for a database that does not let go of the probe when its search is ended, until `letGo`. */
  isStubborn = false;
  #asked: Asked | null = null;
  #letGo = Promise.withResolvers<void>();

  constructor(database: DatabaseName) {
    this.database = database;
  }

  status() {
    return { kind: 'ready' as const, origin: 'a test', galleryDate: null, people: 1 };
  }

  async search(...[, options]: Parameters<SearchProvider['search']>): Promise<SearchAnswer> {
    const asked = { said: Promise.withResolvers<SearchAnswer>(), options };
    this.#asked = asked;
    this.timesAsked += 1;
    const ended = new Promise<never>((_, reject) => {
      const end = () => {
        this.timesEnded += 1;
        void (this.isStubborn ? this.#letGo.promise : Promise.resolve()).then(() =>
          reject(new Error('the search was ended')),
        );
      };
      options.signal.addEventListener('abort', end, { once: true });
    });
    try {
      return await Promise.race([asked.said.promise, ended]);
    } finally {
      if (this.#asked === asked) this.#asked = null;
    }
  }

  /** True while it works on a search. */
  get isAsked(): boolean {
    return this.#asked !== null;
  }

  progress(state: 'sent' | 'searching' = 'searching'): void {
    this.#asked?.options.onProgress({ state, searchedShare: state === 'sent' ? 0 : 0.5 });
  }

  /** Says its answer to the search that runs, or breaks it. */
  say(answer: SearchAnswer | 'throws'): void {
    if (answer === 'throws') this.#asked?.said.reject(new Error('the search broke'));
    else this.#asked?.said.resolve(answer);
  }

  letGo(): void {
    this.#letGo.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

const MOMENT = new Date(0).toISOString();
const SEARCHED = { origin: 'a test', galleryDate: null, people: 1, startedAt: MOMENT, answeredAt: MOMENT };
export const NO_MATCH: SearchAnswer = { kind: 'no-match', searched: SEARCHED };

/** A match with one record of that reference. */
export function matchWith(reference: string): SearchAnswer {
  return { kind: 'match', candidates: [{ reference, likelihood: 'strong' }], searched: SEARCHED };
}

/** Records in memory: what was noted, in its order, and how the check ended. */
export interface KeptRecords extends CheckRecords {
  readonly notes: CheckNote[];
  readonly ends: EndedCheck[];
  /** The next notes of that code cannot be written. */
  refuse(code: CheckNote['code']): void;
}

function recordsInMemory(): KeptRecords {
  let grounds: GroundsRecord | null = null;
  let refused: string | null = null;
  const notes: CheckNote[] = [];
  const ends: EndedCheck[] = [];
  const nothing = () => Promise.resolve();
  return {
    notes,
    ends,
    refuse(code: CheckNote['code']) {
      refused = code;
    },
    open: () => Promise.resolve('RW-2026-000001'),
    saveGrounds: (_checkId: string, record: GroundsRecord) => {
      grounds = record;
      return nothing();
    },
    grounds: () => Promise.resolve(grounds),
    saveAcceptance: nothing,
    saveAnswers: nothing,
    end(ended: EndedCheck) {
      ends.push(ended);
      return nothing();
    },
    note(_owner: unknown, note: CheckNote) {
      if (note.code === refused) return Promise.reject(new Error('the log is full'));
      notes.push(note);
      return nothing();
    },
  } as unknown as KeptRecords;
}

const identity = { widthPx: 8, heightPx: 8 };

function scannerOfNoise(): Scanner {
  return {
    identity,
    capture: (request: { readonly into: SharedArrayBuffer }) => {
      new Uint8Array(request.into).fill(123);
      return Promise.resolve({ kind: 'captured', ...identity, resolutionPpi: 500, quality: 90, liftedAtMs: 0 });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  } as unknown as Scanner;
}

/** Lets everything that is due happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export interface SearchingCheck {
  readonly clock: HeldClock;
  readonly databases: Readonly<Record<DatabaseName, ToldDatabase>>;
  /** Every buffer that ever came into custody. */
  readonly buffers: SharedArrayBuffer[];
  readonly records: KeptRecords;
  readonly check: IdentityCheck;
  readonly checkId: string;
  readonly grantId: string;
  readonly view: () => CheckView;
}

/** A check with two fingers whose searches have both begun, over databases that do what the test says. */
export async function searchingCheck(): Promise<SearchingCheck> {
  const clock = heldClock();
  const buffers: SharedArrayBuffer[] = [];
  const databases = { police: new ToldDatabase('police'), immigration: new ToldDatabase('immigration') };
  const records = recordsInMemory();
  const services = {
    clock,
    log: { note: () => {}, fault: () => {} },
    custody: createProbeCustody({
      now: () => clock.now(),
      uuid: () => systemRandomness.uuid(),
      observer: (_id, buffer) => buffers.push(buffer),
    }),
    matcher: {
      extract: (_image: unknown, into: SharedArrayBuffer) => {
        new Uint8Array(into).fill(45);
        return Promise.resolve({ kind: 'extracted', templateBytes: 32, minutiae: 20, quality: 80 });
      },
    },
    scanners: { openUnder: () => Promise.resolve(scannerOfNoise()) },
    grants: createGrantBook(systemRandomness),
    providers: databases,
    settings: () => DEFAULT_SETTINGS,
    checks: records,
    trainingHand: null,
  } as unknown as CheckServices;
  const desk = createCheckDesk(services, systemRandomness);
  const { checkId } = await desk.begin(OFFICER as never);
  const check = desk.find(OFFICER as never, checkId);
  await check.recordGrounds(soundGrounds());
  for (const word of SPOKEN_WORDS) await check.confirmSpoken(word);
  const capture = await check.proceedToCapture();
  if (capture.stage !== 'capture') throw new Error(`the check is at ${capture.stage}`);
  const { grantId } = capture;
  await check.capture(grantId, 'first', 2);
  await settle();
  await check.capture(grantId, 'second', 7);
  await settle();
  await check.search(grantId, 'a test');
  await settle();
  return { clock, databases, buffers, records, check, checkId, grantId, view: () => check.view() };
}
