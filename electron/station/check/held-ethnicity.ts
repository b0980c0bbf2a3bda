import { statedEthnicity, type StatedEthnicity } from '../../domain/counts/stated-ethnicity.ts';
import { Refusal } from '../refusal.ts';

/** What was stated of one person's ethnicity: held until the check ends, when it is counted and forgotten. */
export class HeldEthnicity {
  #stated: StatedEthnicity = [];

  get stated(): StatedEthnicity {
    return this.#stated;
  }

  /** @throws Refusal `ethnicity.not-recorded` where the force does not record it, or for a code of no set */
  state(isRecorded: boolean, selfDefined: string, officerDefined: string): void {
    const stated = statedEthnicity(selfDefined, officerDefined);
    if (!isRecorded || stated === null) throw new Refusal('ethnicity.not-recorded');
    this.#stated = stated;
  }
}
