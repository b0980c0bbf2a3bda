import type { FingerPosition, ProbeFinger } from '../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { StationStatus } from '../contract/station.ts';
import type { SearchAnswer } from './search-answer.ts';

export type DatabaseStatus = StationStatus['police'];

/** One finger as it was taken, or why it was not: what a database that wants pictures is sent. */
export type ProbeImpression =
  | {
      readonly kind: 'image';
      readonly position: FingerPosition;
      /** 8-bit grey, row by row, lent: the bytes stay the custody's. */
      readonly pixels: SharedArrayBuffer;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly resolutionPpi: number;
      /** 0–100, higher is better. */
      readonly quality: number;
    }
  | { readonly kind: 'missing' | 'bandaged'; readonly position: FingerPosition };

/**
 * The probe as a provider borrows it: templates and pictures in shared memory that stay the custody's. One object for as long
 * as the same prints are searched, however often they are.
 */
export interface SearchProbe {
  readonly checkReference: string;
  /** The templates that were extracted: what a gallery on the station is searched with. */
  readonly fingers: readonly ProbeFinger[];
  /** Both fingers of the check: what is sent elsewhere. */
  readonly impressions: readonly ProbeImpression[];
}

/** How far one search is. `sent` is told at most once, before any `searching`; shares never fall. */
export interface SearchProgress {
  readonly state: 'sent' | 'searching';
  /** 0–1; 0 where the other side does not say. */
  readonly searchedShare: number;
}

/** A buffer of the custody for prints that were encoded to be sent. Leaving the scope erases it and makes its receipt. */
export interface EncodedPrint extends AsyncDisposable {
  readonly buffer: SharedArrayBuffer;
}

export interface ProviderSearchOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: (progress: SearchProgress) => void;
  /**
   * Takes a buffer into custody: an encoded print is a copy of the print, so it may lie nowhere else. The buffer is
   * zeroised at once when the check ends, even while it is held. @throws CustodyFault when the check has ended
   */
  readonly hold: (sizeBytes: number) => Promise<EncodedPrint>;
}

/**
 * One database, wherever it is. `search` never rejects for an outage: that is an answer. It rejects only when aborted, and
 * settles only when it has let go of the probe and of what it held. The same probe object searched again is the same
 * search: a provider that sends it elsewhere sends it under the same number.
 */
export interface SearchProvider extends AsyncDisposable {
  readonly database: DatabaseName;
  status(): DatabaseStatus;
  search(probe: SearchProbe, options: ProviderSearchOptions): Promise<SearchAnswer>;
}
