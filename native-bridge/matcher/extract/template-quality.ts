/** Finger area from which more of it adds nothing, blocks of 8 px (about 2.6 cm²). */
const FULL_AREA_BLOCKS = 1100;
/** Clarity of a clean print: strength of the ridges times coherence of their flow, averaged over the finger. */
const FULL_CLARITY = 0.75;

/** Quality 0–100 of what was extracted: the area of the finger, and how clear its ridges are. */
export function templateQuality(finger: Uint8Array, strengths: Float32Array, coherences: Float32Array): number {
  let [blocks, clarity] = [0, 0];
  for (let block = 0; block < finger.length; block += 1) {
    if (finger[block] === 0) continue;
    blocks += 1;
    clarity += Math.min(1, strengths[block] * coherences[block]);
  }
  const area = Math.min(1, blocks / FULL_AREA_BLOCKS);
  return Math.round(100 * area * Math.min(1, clarity / blocks / FULL_CLARITY) ** 0.5);
}
