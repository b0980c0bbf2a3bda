import path from 'node:path';
import { listImageFiles } from '../../native-bridge/image/list-image-files.ts';
import { readImageFile, type ReadImageOptions } from '../../native-bridge/image/read-image.ts';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { fingerOfPerson } from '../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';
import { TRAINING_RUN_SEED } from '../../electron/training/training-people.ts';

/** Both index fingers of one impression; read or made when they are wanted, and kept by nobody. */
export interface PersonImpression {
  readonly impression: number;
  read(): Promise<readonly [GreyImage, GreyImage]>;
}

/** Somebody who comes to the demo's desk, with the impressions that there are of both fingers. */
export interface DemoPerson {
  readonly person: number;
  readonly impressions: readonly PersonImpression[];
}

/** People and impressions of the demo without a feed. */
const SYNTHETIC_PEOPLE = 5;
const SYNTHETIC_IMPRESSIONS = 3;
const FILE_NAME = /^(?<finger>.+)_(?<impression>\d+)$/;

/** A feed that cannot be paired into people; the message says what it must be like. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault';
}

/**
 * Pairs the fingers of a folder (`FINGER_IMPRESSION.png`) into people: the first and the second finger are person 1, the
 * third and the fourth person 2, and so on. A finger without a partner is left out.
 * @throws FeedFault, ImageFault
 */
export async function peopleOfFolder(folder: string, options: ReadImageOptions): Promise<readonly DemoPerson[]> {
  const fingers = new Map<string, Map<number, string>>();
  for (const file of await listImageFiles(folder)) {
    const groups = FILE_NAME.exec(path.parse(file).name)?.groups;
    if (groups === undefined) continue;
    const { finger = '', impression } = groups;
    const files = fingers.get(finger) ?? new Map<number, string>();
    files.set(Number(impression), file);
    fingers.set(finger, files);
  }
  const ordered = [...fingers.values()];
  const people: DemoPerson[] = [];
  for (let index = 0; index + 1 < ordered.length; index += 2) {
    const [first, second] = [ordered[index], ordered[index + 1]];
    if (first === undefined || second === undefined) continue;
    const common = [...first.keys()].filter((impression) => second.has(impression)).toSorted((a, b) => a - b);
    people.push({
      person: index / 2 + 1,
      impressions: common.map((impression) => ({
        impression,
        read: async () => [
          await readImageFile(first.get(impression) ?? '', options),
          await readImageFile(second.get(impression) ?? '', options),
        ],
      })),
    });
  }
  if (people.length < 3) {
    throw new FeedFault(
      'The feed must hold at least six fingers, with files named FINGER_IMPRESSION.png such as 101_1.png and 101_2.png.',
    );
  }
  return people;
}

/** People who do not exist, for the demo without a feed. */
export function syntheticPeople(): readonly DemoPerson[] {
  return Array.from({ length: SYNTHETIC_PEOPLE }, (_, index) => {
    const fingers = [2, 7].map((position) =>
      fingerOfPerson(TRAINING_RUN_SEED, `demo ${index}`, position === 2 ? 2 : 7),
    );
    const take = (finger: number, impression: number): GreyImage => {
      const made = fingers[finger];
      if (made === undefined) throw new RangeError(`there is no finger ${finger}`);
      return takeImpression(made, impression);
    };
    return {
      person: index + 1,
      impressions: Array.from({ length: SYNTHETIC_IMPRESSIONS }, (_unused, impression) => ({
        impression: impression + 1,
        read: () => Promise.resolve([take(0, impression), take(1, impression)] as const),
      })),
    };
  });
}
