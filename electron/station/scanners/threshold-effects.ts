import type { DatabaseName } from '../../contract/checks.ts';
import type { StationSettings } from '../../contract/administration.ts';
import type { ThresholdEffects } from '../../contract/scanners.ts';
import { thresholdEffect } from '../../domain/identification/threshold-effect.ts';
import type { DatabaseStatus } from '../../search/search-provider.ts';
import type { ScannerStatisticsDesk } from './scanner-statistics.ts';

type Thresholds = Pick<StationSettings, 'minimumQuality' | 'matchTargetFpir' | 'possibleTargetFpir'>;

/** What thresholds would have done to the captures of this station, and will do to its searches as large as they are now. */
export async function effectsOf(
  { matchTargetFpir, minimumQuality, possibleTargetFpir }: Thresholds,
  statistics: ScannerStatisticsDesk,
  databaseStatus: (name: DatabaseName) => DatabaseStatus,
): Promise<ThresholdEffects> {
  const { below, captures } = await statistics.below(minimumQuality);
  const effectOn = (name: DatabaseName): ThresholdEffects['police'] => {
    const status = databaseStatus(name);
    if (status.kind !== 'ready') return null;
    const { people } = status;
    return {
      people,
      match: thresholdEffect(matchTargetFpir, people),
      possible: thresholdEffect(possibleTargetFpir, people),
    };
  };
  return { captures, belowQuality: below, police: effectOn('police'), immigration: effectOn('immigration') };
}
