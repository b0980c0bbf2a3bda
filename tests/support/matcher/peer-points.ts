import type { DetSeries } from './det-curve.ts';

/** What other matchers reached on the development sets: EER, then FNMR at FMR 0.1 % and 0.01 %. Source: issue 3. */
const PEERS: readonly (readonly [name: string, colour: string, eer: number, fmr1000: number, fmr10000: number])[] = [
  ['NIST mindtct + bozorth3', '#777777', 0.0649, 0.178, 0.224],
  ['SourceAFIS 3.18', '#d4351c', 0.0562, 0.127, 0.14],
  ['FingerJetFX + bozorth3', '#f47738', 0.0508, 0.119, 0.154],
  ['FingerJetFX + OpenAFIS', '#b58840', 0.0603, 0.199, 0.263],
  ['textbook MCC over FingerJetFX', '#4c2c92', 0.0232, 0.078, 0.121],
  ['best fusion of six', '#28a197', 0.0241, 0.044, 0.05],
];

/** The peers as points of a DET picture. */
export const PEER_SERIES: readonly DetSeries[] = PEERS.map(([name, colour, eer, fmr1000, fmr10000]) => ({
  name,
  colour,
  points: [
    { fmr: eer, fnmr: eer },
    { fmr: 0.001, fnmr: fmr1000 },
    { fmr: 0.0001, fnmr: fmr10000 },
  ],
}));
