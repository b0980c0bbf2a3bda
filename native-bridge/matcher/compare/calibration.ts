/**
 * Raw evidence of a comparison and −log10 of the share of comparisons of different fingers that reach it, in order.
 * Measured on the development sets' 11,520 cross-finger pairs; see docs/matcher.md, "Calibration".
 */
const CURVE: readonly (readonly [evidence: number, score: number])[] = [
  [0, 0],
  [0.0174, 0.3],
  [0.0197, 1],
  [0.0216, 1.52],
  [0.0234, 2],
  [0.0254, 2.52],
  [0.0276, 3],
  [0.0305, 3.52],
  [0.0329, 4],
];

/** The calibrated score of raw evidence: linear between the measured points, and beyond the last as between the last two. */
export function calibrate(evidence: number): number {
  const next = CURVE.findIndex(([level]) => level > evidence);
  const end = next === -1 ? CURVE.length - 1 : Math.max(1, next);
  const [fromEvidence, fromScore] = CURVE[end - 1];
  const [toEvidence, toScore] = CURVE[end];
  return Math.max(0, fromScore + ((evidence - fromEvidence) * (toScore - fromScore)) / (toEvidence - fromEvidence));
}
