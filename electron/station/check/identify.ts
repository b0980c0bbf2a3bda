import type { DatabaseName } from '../../contract/checks.ts';
import type { SearchAnswer } from '../../search/search-answer.ts';
import type { ProviderSearchOptions, SearchProbe, SearchProvider } from '../../search/search-provider.ts';
import type { Clock, TechnicalLog } from '../platform.ts';

export interface DatabaseProgress {
  readonly state: 'queued' | 'sent' | 'searching' | 'answered';
  readonly searchedShare: number;
  readonly answer: SearchAnswer | null;
}

export interface IdentifyOptions {
  readonly clock: Clock;
  readonly log: TechnicalLog;
  /** Aborting it ends both searches: each is then `unavailable`, reason `ended-before-answer`. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: (database: DatabaseName, progress: DatabaseProgress) => void;
  /** Where a provider puts prints that it encodes. */
  readonly hold: ProviderSearchOptions['hold'];
}

/**
 * Searches one database and always ends in an answer: the provider's, `timed-out` when the deadline passes first, or
 * `unavailable` when the search was ended or failed. It settles only when the provider has let go of the probe.
 */
export async function searchOne(
  provider: SearchProvider,
  probe: SearchProbe,
  options: IdentifyOptions,
): Promise<SearchAnswer> {
  const report = (progress: DatabaseProgress) => options.onProgress(provider.database, progress);
  const deadline = new AbortController();
  const cancelTimer = options.clock.after(options.deadlineMs, () => deadline.abort());
  let answer: SearchAnswer;
  try {
    answer = await provider.search(probe, {
      signal: AbortSignal.any([options.signal, deadline.signal]),
      deadlineMs: options.deadlineMs,
      onProgress: (progress) => report({ ...progress, answer: null }),
      hold: options.hold,
    });
  } catch (error) {
    if (options.signal.aborted) answer = { kind: 'unavailable', reason: 'ended-before-answer' };
    else if (deadline.signal.aborted) answer = { kind: 'timed-out', afterMs: options.deadlineMs };
    else {
      options.log.fault(`search.${provider.database}`, error);
      answer = { kind: 'unavailable', reason: 'matcher-failed' };
    }
  } finally {
    cancelTimer();
  }
  report({ state: 'answered', searchedShare: 1, answer });
  return answer;
}

/** Searches both databases side by side; neither waits for, nor fails with, the other. */
export async function identify(
  providers: Readonly<Record<DatabaseName, SearchProvider>>,
  probe: SearchProbe,
  options: IdentifyOptions,
): Promise<Record<DatabaseName, SearchAnswer>> {
  const [police, immigration] = await Promise.all([
    searchOne(providers.police, probe, options),
    searchOne(providers.immigration, probe, options),
  ]);
  return { police, immigration };
}
