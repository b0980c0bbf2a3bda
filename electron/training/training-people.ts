import { checkLetter } from '../domain/reference-numbers/check-letter.ts';

/** The seed of everybody who exists only in training. */
export const TRAINING_RUN_SEED = 2026;
/** People in each training gallery unless a smaller station is asked for. */
export const TRAINING_PEOPLE = 1_000;
/** The share of a gallery that the other one holds too. */
const SHARED_SHARE = 0.15;
/** The year in the made-up PNC identifiers: their serials are above any that was given in it. */
const PNC_YEAR = 2018;
const FIRST_PNC_SERIAL = 9_000_001;

/** One person of the training population, under the reference of each database that holds it. */
export interface TrainingPerson {
  readonly personSeed: number;
  readonly police: string | null;
  readonly immigration: string | null;
}

/** A made-up PNC identifier with its right check letter. */
export function madeUpPncId(index: number): string {
  const serial = String(FIRST_PNC_SERIAL + index).padStart(7, '0');
  return `${PNC_YEAR}/${serial}${checkLetter(`${String(PNC_YEAR).slice(2)}${serial}`)}`;
}

/** A made-up reference of the immigration database. */
export function madeUpImmigrationReference(index: number): string {
  return `IM-${String(700_001 + index)}`;
}

/**
 * The whole population: `people` in the police gallery, `people` in the immigration gallery, a share of them in both. The
 * police's come first, those in both in the middle.
 */
export function trainingPopulation(people: number): readonly TrainingPerson[] {
  const shared = Math.round(people * SHARED_SHARE);
  const firstOfImmigration = people - shared;
  return Array.from({ length: people + firstOfImmigration }, (_, personSeed) => ({
    personSeed,
    police: personSeed < people ? madeUpPncId(personSeed) : null,
    immigration: personSeed >= firstOfImmigration ? madeUpImmigrationReference(personSeed - firstOfImmigration) : null,
  }));
}

/** Those who come to a training desk, in turn: in the police gallery, in both, in the immigration gallery, in neither. */
export function trainingVisitors(people: number): readonly number[] {
  const shared = Math.round(people * SHARED_SHARE);
  const total = 2 * people - shared;
  return [0, people - shared, people, total, 1, people - shared + 1, people + 1, total + 1].filter(
    (personSeed, index, all) => all.indexOf(personSeed) === index,
  );
}
