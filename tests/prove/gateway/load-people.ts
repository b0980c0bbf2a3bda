import { trainingPopulation } from '../../../electron/training/training-people.ts';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import { madeUpPrint, POSITIONS, templateOf } from '../../support/search/made-up-prints.ts';
import type { TestFinger } from '../../support/search/lent-probe.ts';

/** People in each gallery of the run. */
export const PEOPLE = 20;
/** Nobody's number in either gallery. */
const STRANGERS = [5_000, 5_002] as const;
/** An impression that no gallery holds. */
const LATER_IMPRESSION = 1;

/** Somebody who comes to the desk, and under which reference each database must find them. */
export interface Visitor {
  readonly fingers: readonly TestFinger[];
  readonly references: Readonly<Record<DatabaseName, string | null>>;
}

/** People of the police gallery, of both, of the immigration gallery, and of neither, in turn. */
export function visitors(): readonly Visitor[] {
  const population = trainingPopulation(PEOPLE);
  const seeds = [0, 1, PEOPLE - 1, PEOPLE - 2, PEOPLE + 1, PEOPLE + 2, ...STRANGERS];
  return seeds.flatMap((personSeed) => {
    const fingers = POSITIONS.map((position): TestFinger => {
      const image = madeUpPrint(personSeed, position, LATER_IMPRESSION);
      return { kind: 'image', position, image, template: templateOf(image) };
    });
    const person = population.find((one) => one.personSeed === personSeed);
    const references = { police: person?.police ?? null, immigration: person?.immigration ?? null };
    return fingers.every((finger) => finger.kind === 'image' && finger.template !== null)
      ? [{ fingers, references }]
      : [];
  });
}
