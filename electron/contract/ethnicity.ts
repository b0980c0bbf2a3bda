import { z } from 'zod';

/** A code of a code set, such as `W1`, `NS` or `IC4`; the sets themselves are the domain's. */
export const ethnicityCode = z
  .string()
  .regex(/^[A-Z]{1,2}\d?$/)
  .max(3);

/** The codes that the officer chooses from, where the force records ethnicity. */
export const ethnicityChoice = z.strictObject({
  selfDefined: z.array(ethnicityCode).min(1).max(30),
  officerDefined: z.array(ethnicityCode).min(1).max(30),
});
export type EthnicityChoice = z.infer<typeof ethnicityChoice>;
