import { onlyEnrolled } from '../../../native-bridge/scanner/enrolled-source.ts';
import type { Scanner, ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../contract/errors.ts';
import type { StationStatus } from '../../contract/station.ts';
import type { Grant } from '../check/grant.ts';
import { Refusal } from '../refusal.ts';
import { chooseListing } from './choose-listing.ts';
import type { ChosenScanner } from './chosen-scanner.ts';
import type { ScannerRegister } from './scanner-register.ts';
import { createToldIdentities } from './told-identities.ts';

/** The officer's code for a scanner's fault: the same word where the contract has it, `scanner.fault` otherwise. */
export function refusalOfScannerFault(code: string): RefusalCode {
  return REFUSAL_CODES.find((known) => known === code) ?? 'scanner.fault';
}

export interface ScannerDeskOptions {
  /** Keeps the bus quiet while a scanner is open. */
  readonly source: ScannerSource;
  /** The scanner that the administrator or the policy chose, or null: then the only one is taken. */
  readonly chosen: () => ChosenScanner | null;
  /** Which scanners may capture for a check. */
  readonly register: Pick<ScannerRegister, 'enrolled' | 'isEnrolled' | 'isExempt'>;
  /** The same scanner, whose captures for checks are counted. */
  readonly counting: (scanner: Scanner) => Scanner;
}

/** A device of the list, with what it said of itself when it was opened. */
export interface SeenScanner extends ScannerListing {
  /** Null until it was opened once. */
  readonly firmwareVersion: string | null;
  readonly isChosen: boolean;
}

/** The one place that opens scanners: under a grant for a check, or for an administrator's test that is never searched. */
export interface ScannerDesk {
  status(): StationStatus['scanner'];
  /** Takes over what is plugged in now, from whoever watches it. */
  see(rows: readonly ScannerListing[]): void;
  rows(): Promise<readonly SeenScanner[]>;
  /** Opens the chosen scanner for a check, if it may capture for checks. @throws Refusal with the scanner's code */
  openUnder(grant: Grant, signal: AbortSignal): Promise<Scanner>;
  /** Opens the one that the administrator picked, enrolled or not. @throws Refusal with the scanner's code */
  openForTest(path: string, signal: AbortSignal): Promise<Scanner>;
}

/** Makes the desk over one source of scanners. */
export function createScannerDesk(options: ScannerDeskOptions): ScannerDesk {
  const { register, source } = options;
  const enrolledOnly = onlyEnrolled(
    source,
    () => register.enrolled(),
    (device) => register.isExempt(device),
  );
  const told = createToldIdentities();
  let seen: readonly ScannerListing[] = [];

  /** What is plugged in, with the answer to whether it may capture as far as it is known before it is opened. */
  function listings(): readonly ScannerListing[] {
    return seen.map((row) => {
      const listing = told.applyTo(row);
      if (register.isExempt(listing) || register.isEnrolled(listing)) return { ...listing, isEnrolled: true };
      // A scanner may tell its number over the protocol alone: then only opening it gives the answer.
      const isNumberUnknown = listing.serialNumber === '' && listing.profileId !== 'libfprint';
      return isNumberUnknown ? listing : { ...listing, isEnrolled: false };
    });
  }

  async function refresh(signal: AbortSignal): Promise<void> {
    seen = await source.list(signal);
  }

  function openable(): ScannerListing | RefusalCode {
    const choice = chooseListing(listings(), options.chosen());
    if (choice.kind === 'none') return choice.code;
    const { listing } = choice;
    if (listing.refusal === 'no-profile') return 'scanner.not-chosen';
    if (listing.refusal !== null) return refusalOfScannerFault(`scanner.${listing.refusal}`);
    return listing.isEnrolled === false ? refusalOfScannerFault('scanner.not-enrolled') : listing;
  }

  async function open(from: ScannerSource, path: string, signal: AbortSignal): Promise<Scanner> {
    try {
      const scanner = await from.open(path, signal);
      told.note(
        seen.find((row) => row.path === path),
        scanner.identity,
      );
      return scanner;
    } catch (error) {
      if (error instanceof ScannerFault) throw new Refusal(refusalOfScannerFault(error.code), { cause: error });
      throw error;
    }
  }

  async function openChosen(signal: AbortSignal): Promise<Scanner> {
    if (typeof openable() === 'string') await refresh(signal);
    const listing = openable();
    if (typeof listing === 'string') throw new Refusal(listing);
    return options.counting(await open(enrolledOnly, listing.path, signal));
  }

  return {
    see: (rows) => (seen = rows),
    status() {
      const choice = chooseListing(listings(), options.chosen());
      const isSimulated = choice.kind === 'found' && choice.listing.isSimulated;
      const state = openable();
      if (typeof state === 'string') return { kind: 'not-ready', code: state, isSimulated };
      return { kind: 'ready', name: state.productName, isSimulated };
    },
    async rows() {
      await refresh(new AbortController().signal);
      const present = listings();
      const choice = chooseListing(present, options.chosen());
      return present.map((listing) => ({
        ...listing,
        firmwareVersion: told.firmwareOf(listing),
        isChosen: choice.kind === 'found' && listing === choice.listing,
      }));
    },
    openUnder: (_grant, signal) => openChosen(signal),
    openForTest: (path, signal) => open(source, path, signal),
  };
}
