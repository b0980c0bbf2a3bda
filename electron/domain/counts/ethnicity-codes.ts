/** The code sets by which ethnicity may be counted, once an administrator has switched it on; the version is kept with each count. */
export const ETHNICITY_CODE_SETS = {
  /** Self-defined, 18+1 [K]: docs/law.md. NS is "not stated". */
  'self-18+1': [
    'W1',
    'W2',
    'W3',
    'W9',
    'M1',
    'M2',
    'M3',
    'M9',
    'A1',
    'A2',
    'A3',
    'A4',
    'A9',
    'B1',
    'B2',
    'B9',
    'O2',
    'O9',
    'NS',
  ],
  /** Self-defined, 16+1 [K]: without W3 and O2, and Chinese is O1. */
  'self-16+1': ['W1', 'W2', 'W9', 'M1', 'M2', 'M3', 'M9', 'A1', 'A2', 'A3', 'A9', 'B1', 'B2', 'B9', 'O1', 'O9', 'NS'],
  /** Officer-defined, the identity codes [T]; IC9 is "unknown". */
  'officer-ic': ['IC1', 'IC2', 'IC3', 'IC4', 'IC5', 'IC6', 'IC9'],
} as const;

export type EthnicityCodeSet = keyof typeof ETHNICITY_CODE_SETS;

/** True when the code belongs to that version of that code set. */
export function isEthnicityCode(codeSet: EthnicityCodeSet, code: string): boolean {
  return ETHNICITY_CODE_SETS[codeSet].some((known) => known === code);
}
