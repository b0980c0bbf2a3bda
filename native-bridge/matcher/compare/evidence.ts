import { localSimilarities } from './local-similarity.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import { relax, type PairList } from './relaxation.ts';

const MAX = 128;

export function evidence(a: PreparedTemplate, b: PreparedTemplate): number[] {
  const n = a.cylinders.count;
  const m = b.cylinders.count;
  const similarities = new Float32Array(n * m);
  localSimilarities(a.cylinders, b.cylinders, similarities);
  const limit = Math.min(n, m);
  const order = Array.from(similarities.keys())
    .filter((i) => similarities[i] > 0)
    .sort((x, y) => similarities[y] - similarities[x]);
  const usedA = new Uint8Array(MAX);
  const usedB = new Uint8Array(MAX);
  const pairs: PairList = {
    probe: new Int32Array(MAX),
    record: new Int32Array(MAX),
    support: new Float32Array(MAX),
    similarity: new Float32Array(MAX),
    count: 0,
  };
  for (const i of order) {
    const p = Math.floor(i / m);
    const r = i % m;
    if (usedA[p] || usedB[r]) continue;
    usedA[p] = usedB[r] = 1;
    pairs.probe[pairs.count] = p;
    pairs.record[pairs.count] = r;
    pairs.similarity[pairs.count] = similarities[i];
    pairs.count += 1;
    if (pairs.count >= limit) break;
  }
  const nP = Math.min(12, Math.max(4, Math.round(4 + 8 / (1 + Math.exp(-0.4 * (limit - 20))))));
  let lgs = 0;
  for (let k = 0; k < Math.min(nP, pairs.count); k += 1) lgs += pairs.similarity[k] / nP;
  relax(a, b, pairs);
  const idx = Array.from({ length: pairs.count }, (_, k) => k).sort(
    (x, y) => pairs.support[y] / pairs.similarity[y] - pairs.support[x] / pairs.similarity[x],
  );
  let score = 0;
  for (let k = 0; k < Math.min(nP, idx.length); k += 1) score += pairs.support[idx[k]] / nP;
  return [score, lgs];
}
