import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writePng } from '../../image/write-png.ts';
import { fingerOfPerson } from '../person.ts';
import { takeImpression } from '../take-impression.ts';
import type { SynthArguments } from './synth-arguments.ts';

/** First finger number of a folder, as in the FVC data sets, which number the fingers of a set B from 101. */
const FIRST_FINGER = 101;

/**
 * Name of an image file: `FINGER_IMPRESSION.png`, the form of the FVC sets, so that a folder can be fed to the scanner and
 * measured as they are. Person 1 has the first fingers (101 and 102 when two are asked for), person 2 the next.
 */
export function imageFileName(person: number, positionIndex: number, positions: number, impression: number): string {
  return `${FIRST_FINGER + (person - 1) * positions + positionIndex}_${impression}.png`;
}

/**
 * Makes the people and writes their impressions, one finger at a time, so that memory does not grow with their number.
 * Stops between two files when `signal` is aborted. Gives the number of files written.
 */
export async function writePeople(
  request: SynthArguments,
  signal: AbortSignal,
  onProgress: (written: number) => void,
): Promise<number> {
  const { people, positions, impressions, seed, out, ...conditions } = request;
  await mkdir(out, { recursive: true });
  let written = 0;
  for (let person = 1; person <= people; person++) {
    for (const [index, position] of positions.entries()) {
      if (signal.aborted) return written;
      const finger = fingerOfPerson(seed, person, position);
      for (let impression = 1; impression <= impressions && !signal.aborted; impression++) {
        const bytes = writePng(takeImpression(finger, impression, conditions));
        await writeFile(path.join(out, imageFileName(person, index, positions.length, impression)), bytes);
        onProgress(++written);
      }
    }
  }
  return written;
}
