import { createFilterBlock, FILTER_LAYOUT } from '../../native-bridge/matcher/index/filter-block.ts';
import { VOTE_LIMITS } from '../../native-bridge/matcher/index/filter-people.ts';
import { encodeCylinders } from '../../native-bridge/matcher/index/encode-cylinders.ts';
import { loadFilter } from '../../native-bridge/matcher/index/load-filter.ts';
import { FILTER_BLOCK_PEOPLE, MAXIMUM_INDEXED_CYLINDERS } from '../../native-bridge/matcher/index/parameters.ts';
import { createShardBuilder } from '../../native-bridge/matcher/index/shard-builder.ts';
import { indexBytesOf, viewShard } from '../../native-bridge/matcher/index/shard-layout.ts';
import { decodeTemplate } from '../../native-bridge/matcher/template/template-codec.ts';

/** What a set of templates looks like to the search, one number each. */
export interface TemplateStatistics {
  readonly templates: number;
  readonly templateBytes: number;
  readonly minutiaeMean: number;
  readonly minutiaeDeviation: number;
  /** Cells of the orientation map that are finger. */
  readonly areaCells: number;
  readonly qualityMean: number;
  readonly qualityDeviation: number;
  /** Median distance to the nearest minutia, pixels. */
  readonly nearestPx: number;
  /** Mean difference of direction to the nearest minutia, as ridges: 0 to 90°. */
  readonly nearestTurnDegrees: number;
  /** Share of minutiae that point the same way as the nearest. */
  readonly sameWay: number;
  /** Votes that the probes, who are not among the templates, give them: mean and upper quantiles. */
  readonly strangerVotes: { readonly mean: number; readonly p99: number; readonly p999: number };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function strangerVotes(templates: readonly Uint8Array[], probes: readonly Uint8Array[]): readonly number[] {
  const builder = createShardBuilder();
  templates.forEach((template, index) => {
    builder.add({ reference: `${index}`, fingers: [{ position: 2, template }] });
  });
  const bytes = builder.build();
  const shard = viewShard(bytes.subarray(0, indexBytesOf(bytes)));
  const block = createFilterBlock(loadFilter(FILTER_LAYOUT.totalBytes));
  const votes: number[] = [];
  for (const probe of probes) {
    const cylinders = encodeCylinders(probe);
    for (let first = 0; first < templates.length; first += FILTER_BLOCK_PEOPLE) {
      const last = Math.min(templates.length, first + FILTER_BLOCK_PEOPLE);
      votes.push(...block.vote(cylinders, shard, first, last, VOTE_LIMITS));
    }
  }
  return votes;
}

/** Measures templates; `probes` are of other fingers. */
export function templateStatistics(
  templates: readonly Uint8Array[],
  probes: readonly Uint8Array[],
): TemplateStatistics {
  const fingers = templates.map((template) => decodeTemplate(template));
  const counts = fingers.map(({ minutiae }) => minutiae.length);
  const qualities = fingers.flatMap(({ minutiae }) => minutiae.map(({ quality }) => quality));
  const nearest: number[] = [];
  const turns: number[] = [];
  const sameWays: number[] = [];
  for (const { minutiae } of fingers) {
    const best = minutiae.toSorted((a, b) => b.quality - a.quality).slice(0, MAXIMUM_INDEXED_CYLINDERS);
    for (const one of best) {
      let least = Infinity;
      let turn = 0;
      let sameWay = 0;
      for (const other of best) {
        const distance = Math.hypot(one.xPx - other.xPx, one.yPx - other.yPx);
        if (other === one || distance >= least) continue;
        least = distance;
        const apart = (one.angleRad - other.angleRad) / Math.PI;
        turn = Math.abs(apart - Math.round(apart)) * 180;
        sameWay = Math.cos(one.angleRad - other.angleRad) > 0 ? 1 : 0;
      }
      if (least === Infinity) continue;
      nearest.push(least);
      turns.push(turn);
      sameWays.push(sameWay);
    }
  }
  const votes = strangerVotes(templates, probes);
  return {
    templates: templates.length,
    templateBytes: mean(templates.map(({ length }) => length)),
    minutiaeMean: mean(counts),
    minutiaeDeviation: deviation(counts),
    areaCells: mean(fingers.map(({ orientation }) => orientation.cells.filter((cell) => cell > 0).length)),
    qualityMean: mean(qualities),
    qualityDeviation: deviation(qualities),
    nearestPx: quantile(nearest, 0.5),
    nearestTurnDegrees: mean(turns),
    sameWay: mean(sameWays),
    strangerVotes: { mean: mean(votes), p99: quantile(votes, 0.99), p999: quantile(votes, 0.999) },
  };
}
