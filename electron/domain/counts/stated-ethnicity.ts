import type { EthnicityChoice } from '../../contract/ethnicity.ts';
import type { EndedCheck } from './ended-check.ts';
import { ETHNICITY_CODE_SETS, isEthnicityCode } from './ethnicity-codes.ts';

/** The code set by which people say their own ethnicity. Source: 18+1 [K], docs/law.md. */
const SELF_DEFINED = 'self-18+1';
/** The code set by which officers say what they see. Source: identity codes [T], docs/law.md. */
const OFFICER_DEFINED = 'officer-ic';

export type StatedEthnicity = EndedCheck['ethnicity'];

/** What a station offers for choice while it records ethnicity. */
export const ETHNICITY_CHOICE: EthnicityChoice = {
  selfDefined: [...ETHNICITY_CODE_SETS[SELF_DEFINED]],
  officerDefined: [...ETHNICITY_CODE_SETS[OFFICER_DEFINED]],
};

/** What is counted of two codes, each with the version of its code set; null when one is in no set. */
export function statedEthnicity(selfDefined: string, officerDefined: string): StatedEthnicity | null {
  if (!isEthnicityCode(SELF_DEFINED, selfDefined) || !isEthnicityCode(OFFICER_DEFINED, officerDefined)) return null;
  return [
    { codeSet: SELF_DEFINED, code: selfDefined },
    { codeSet: OFFICER_DEFINED, code: officerDefined },
  ];
}
