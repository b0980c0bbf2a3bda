import type { Scanner, ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { ScannerRow } from '../../contract/administration.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../contract/errors.ts';
import type { StationStatus } from '../../contract/station.ts';
import type { Grant } from '../check/grant.ts';
import { Refusal } from '../refusal.ts';
import { chooseListing } from './choose-listing.ts';
import type { ChosenScanner } from './chosen-scanner.ts';

/** The officer's code for a scanner's fault: the same word where the contract has it, `scanner.fault` otherwise. */
export function refusalOfScannerFault(code: string): RefusalCode {
  return REFUSAL_CODES.find((known) => known === code) ?? 'scanner.fault';
}

export interface ScannerDeskOptions {
  /** Keeps the bus quiet while a scanner is open. */
  readonly source: ScannerSource;
  /** The scanner that the administrator or the policy chose, or null: then the only one is taken. */
  readonly chosen: () => ChosenScanner | null;
}

/** The one place that opens scanners: under a grant for a check, or for an administrator's test that is never searched. */
export interface ScannerDesk {
  status(): StationStatus['scanner'];
  /** Takes over what is plugged in now, from whoever watches it. */
  see(rows: readonly ScannerListing[]): void;
  rows(): Promise<ScannerRow[]>;
  /** @throws Refusal with the scanner's code */
  openUnder(grant: Grant, signal: AbortSignal): Promise<Scanner>;
  openForTest(signal: AbortSignal): Promise<Scanner>;
}

/** Makes the desk over one source of scanners. */
export function createScannerDesk(options: ScannerDeskOptions): ScannerDesk {
  let listings: readonly ScannerListing[] = [];

  async function refresh(signal: AbortSignal): Promise<void> {
    listings = await options.source.list(signal);
  }

  function openable(): ScannerListing | RefusalCode {
    const choice = chooseListing(listings, options.chosen());
    if (choice.kind === 'none') return choice.code;
    const { listing } = choice;
    if (listing.refusal === 'no-profile') return 'scanner.not-chosen';
    if (listing.refusal !== null) return refusalOfScannerFault(`scanner.${listing.refusal}`);
    return listing.isEnrolled === false ? refusalOfScannerFault('scanner.not-enrolled') : listing;
  }

  async function open(signal: AbortSignal): Promise<Scanner> {
    if (typeof openable() === 'string') await refresh(signal);
    const listing = openable();
    if (typeof listing === 'string') throw new Refusal(listing);
    try {
      return await options.source.open(listing.path, signal);
    } catch (error) {
      if (error instanceof ScannerFault) throw new Refusal(refusalOfScannerFault(error.code), { cause: error });
      throw error;
    }
  }

  return {
    see: (rows) => (listings = rows),
    status() {
      const choice = chooseListing(listings, options.chosen());
      const isSimulated = choice.kind === 'found' && choice.listing.isSimulated;
      const state = openable();
      if (typeof state === 'string') return { kind: 'not-ready', code: state, isSimulated };
      return { kind: 'ready', name: state.productName, isSimulated };
    },
    async rows() {
      await refresh(new AbortController().signal);
      const choice = chooseListing(listings, options.chosen());
      return listings.map((listing) => ({
        ...listing,
        isChosen: choice.kind === 'found' && listing === choice.listing,
      }));
    },
    openUnder: (_grant, signal) => open(signal),
    openForTest: open,
  };
}
