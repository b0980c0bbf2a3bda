import { BASE_CELLS, CYLINDER_VALUES, type Cylinders } from './cylinders.ts';

/** Least share of the base's cells that must be valid on both sides for two cylinders to be compared. */
const LEAST_COMMON_CELLS = 18;

/**
 * Similarity 0–1 of every cylinder of `probe` with every one of `record`, row by row into `into`: one minus the distance
 * of their values over the sum of their lengths, where both are valid.
 */
export function localSimilarities(probe: Cylinders, record: Cylinders, into: Float32Array): void {
  for (let row = 0; row < probe.count; row += 1) {
    for (let column = 0; column < record.count; column += 1) {
      let common = 0;
      let probeSquare = 0;
      let recordSquare = 0;
      const p = row * BASE_CELLS;
      const r = column * BASE_CELLS;
      for (let cell = 0; cell < BASE_CELLS; cell += 1) {
        const onProbe = probe.validity[p + cell];
        const onRecord = record.validity[r + cell];
        common += onProbe * onRecord;
        probeSquare += probe.squares[p + cell] * onRecord;
        recordSquare += record.squares[r + cell] * onProbe;
      }
      let product = 0;
      if (common >= LEAST_COMMON_CELLS) {
        const q = row * CYLINDER_VALUES;
        const s = column * CYLINDER_VALUES;
        for (let at = 0; at < CYLINDER_VALUES; at += 1) product += probe.values[q + at] * record.values[s + at];
      }
      const lengths = Math.sqrt(probeSquare) + Math.sqrt(recordSquare);
      const distance = Math.sqrt(Math.max(0, probeSquare + recordSquare - 2 * product));
      into[row * record.count + column] = product > 0 && lengths > 0 ? 1 - distance / lengths : 0;
    }
  }
}
