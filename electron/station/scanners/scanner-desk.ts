import type { Scanner, ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { ScannerRow } from '../../contract/administration.ts';
import { REFUSAL_CODES, type RefusalCode } from '../../contract/errors.ts';
import type { StationStatus } from '../../contract/station.ts';
import type { Grant } from '../check/grant.ts';
import { Refusal } from '../refusal.ts';

/** How long the system's device list may take, milliseconds. Source: ours; enumeration is a matter of milliseconds. */
const LISTING_DEADLINE_MS = 5_000;

/** The officer's code for a scanner's fault: the same word where the contract has it, `scanner.fault` otherwise. */
export function refusalOfScannerFault(code: string): RefusalCode {
  return REFUSAL_CODES.find((known) => known === code) ?? 'scanner.fault';
}

export interface ScannerDeskOptions {
  readonly source: ScannerSource;
  /** The path of the scanner that the administrator chose, or null: then the only usable one is taken. */
  readonly chosenPath: () => string | null;
}

/** The one place that opens scanners: under a grant for a check, or for an administrator's test that is never searched. */
export interface ScannerDesk {
  status(): StationStatus['scanner'];
  refresh(): Promise<void>;
  rows(): Promise<ScannerRow[]>;
  /** @throws Refusal with the scanner's code */
  openUnder(grant: Grant, signal: AbortSignal): Promise<Scanner>;
  openForTest(signal: AbortSignal): Promise<Scanner>;
}

/** Makes the desk over one source of scanners. */
export function createScannerDesk(options: ScannerDeskOptions): ScannerDesk {
  let listings: readonly ScannerListing[] = [];

  async function refresh(): Promise<void> {
    listings = await options.source.list(AbortSignal.timeout(LISTING_DEADLINE_MS));
  }

  function chosen(): ScannerListing | null {
    const path = options.chosenPath();
    if (path !== null) return listings.find((listing) => listing.path === path) ?? null;
    return listings.find((listing) => listing.refusal === null) ?? null;
  }

  function openable(): ScannerListing | RefusalCode {
    const listing = chosen();
    if (listing === null) return options.chosenPath() === null ? 'scanner.not-chosen' : 'scanner.not-found';
    if (listing.refusal === null) return listing;
    return listing.refusal === 'no-profile'
      ? 'scanner.not-chosen'
      : refusalOfScannerFault(`scanner.${listing.refusal}`);
  }

  async function open(signal: AbortSignal): Promise<Scanner> {
    if (typeof openable() === 'string') await refresh();
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
    refresh,
    status() {
      const listing = chosen();
      const state = openable();
      const isSimulated = listing?.isSimulated ?? false;
      if (typeof state === 'string') return { kind: 'not-ready', code: state, isSimulated };
      return { kind: 'ready', name: state.productName, isSimulated };
    },
    async rows() {
      await refresh();
      const inUse = chosen();
      return listings.map((listing) => ({ ...listing, isChosen: listing === inUse }));
    },
    openUnder: (_grant, signal) => open(signal),
    openForTest: open,
  };
}
