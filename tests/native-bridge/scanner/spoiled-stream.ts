import { DEVICE_KIND } from '../../../native-bridge/scanner/device-messages.ts';
import { encodeReport, payloadBytesOf } from '../../../native-bridge/scanner/report-codec.ts';

/** Gives 0 (included) to 1 (excluded). */
export type Random = () => number;

/** What can befall a stream of reports. */
export const SPOILINGS = [
  'lost',
  'repeated',
  'flipped-bits',
  'cut-reports',
  'absurd-lengths',
  'forged',
  'noise',
  'reordered',
  'cut-stream',
] as const;
export type Spoiling = (typeof SPOILINGS)[number];

/** A whole number from 0 to `limit` − 1. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** A report with a right checksum and a senseless, or malicious, content. */
function forged(random: Random, reportBytes: number): Uint8Array {
  const payload = Uint8Array.from({ length: payloadBytesOf(reportBytes) }, () => below(random, 256));
  const kind = random() < 0.4 ? DEVICE_KIND.imageData : 0x80 + below(random, 10);
  return encodeReport(reportBytes, { kind, transfer: below(random, 3), sequence: below(random, 100), payload });
}

function spoilOne(report: Uint8Array, how: Spoiling, random: Random): readonly Uint8Array[] {
  switch (how) {
    case 'lost':
      return [];
    case 'repeated':
      return [report, report];
    case 'flipped-bits': {
      const copy = Uint8Array.from(report);
      const at = below(random, copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8));
      return [copy];
    }
    case 'cut-reports':
      return [report.subarray(0, below(random, report.length))];
    case 'absurd-lengths':
      return [new Uint8Array([0, 1, report.length + 1, 4_096, 1_000_000][below(random, 5)] ?? 0)];
    case 'forged':
      return [forged(random, report.length), forged(random, report.length), forged(random, report.length), report];
    case 'noise':
      return [Uint8Array.from({ length: report.length }, () => below(random, 256))];
    default:
      return [report];
  }
}

/**
 * Spoils a stream of reports in the ways that are named. `most`: the greatest share of reports that anything befalls.
 */
export function spoil(
  reports: readonly Uint8Array[],
  random: Random,
  ways: readonly Spoiling[] = SPOILINGS,
  most = 0.3,
): Uint8Array[] {
  const rate = random() * most;
  const spoiled = reports.flatMap((report) =>
    random() < rate ? spoilOne(report, ways[below(random, ways.length)] ?? 'lost', random) : [report],
  );
  if (ways.includes('reordered') && random() < 0.5) {
    for (let swap = 0; swap < 5; swap += 1) {
      const a = below(random, spoiled.length);
      const b = below(random, spoiled.length);
      const [first, second] = [spoiled[a], spoiled[b]];
      if (first !== undefined && second !== undefined) [spoiled[a], spoiled[b]] = [second, first];
    }
  }
  const isCut = ways.includes('cut-stream') && random() < 0.2;
  return isCut ? spoiled.slice(0, below(random, spoiled.length)) : spoiled;
}
