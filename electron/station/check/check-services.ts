import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import type { StationSettings } from '../../contract/administration.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import type { ProbeCustody } from '../../custody/probe-custody.ts';
import type { SearchProvider } from '../../search/search-provider.ts';
import type { CheckRecords } from './check-records.ts';
import type { GrantBook } from './grant.ts';
import type { Clock, TechnicalLog, TrainingHand } from '../platform.ts';
import type { ScannerDesk } from '../scanners/scanner-desk.ts';

/** Everything that one identity check works with; made once by the composition root. */
export interface CheckServices {
  readonly clock: Clock;
  readonly log: TechnicalLog;
  readonly custody: ProbeCustody;
  readonly matcher: MatcherPool;
  readonly scanners: ScannerDesk;
  readonly grants: GrantBook;
  readonly providers: Readonly<Record<DatabaseName, SearchProvider>>;
  readonly settings: () => StationSettings;
  readonly checks: CheckRecords;
  readonly trainingHand: TrainingHand | null;
}
