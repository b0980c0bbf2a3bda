import type { ProbeFinger } from '../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { StationStatus } from '../contract/station.ts';
import type { SearchAnswer } from './search-answer.ts';

export type DatabaseStatus = StationStatus['police'];

/** The probe as a provider borrows it: templates in shared memory that stay the custody's. */
export interface SearchProbe {
  readonly checkReference: string;
  readonly fingers: readonly ProbeFinger[];
}

export interface ProviderSearchOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: (searchedShare: number) => void;
}

/** One database, wherever it is. `search` never rejects for an outage: that is an answer. It rejects only when aborted. */
export interface SearchProvider extends AsyncDisposable {
  readonly database: DatabaseName;
  status(): DatabaseStatus;
  search(probe: SearchProbe, options: ProviderSearchOptions): Promise<SearchAnswer>;
}
