import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { boundedRecord, MAXIMUM_ROWS, moment } from './limits.ts';

/**
 * A code, a date, a version or a measure that the station's own parts wrote. It holds no space, so no sentence and no
 * name of a person fits in it.
 */
export const technicalCode = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:+/%-]*$/)
  .max(100);

/** Figures that belong to a code. */
export const technicalFigures = boundedRecord(
  z
    .string()
    .regex(/^\w[\w.]*$/)
    .max(60),
  z.union([z.number(), technicalCode]),
);

/** What one part of the self-test was found to be; `absent` is no fault: there is nothing there to be tested. */
export const partFinding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sound'), figures: technicalFigures }),
  z.strictObject({ kind: z.literal('absent'), why: technicalCode }),
  z.strictObject({ kind: z.literal('broken'), code: technicalCode, figures: technicalFigures }),
]);
export type PartFinding = z.infer<typeof partFinding>;

/** One part by the name that the self-test has for it; the locales have words for each. */
export const testedPart = z.strictObject({ part: technicalCode, finding: partFinding });
export type TestedPart = z.infer<typeof testedPart>;

const partCount = z.number().int().min(1).max(50);

/** The self-test as it goes on: what is being tested, what has been, and at the end whether any part is broken. */
export const selfTestEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('testing'),
    part: technicalCode,
    of: partCount,
    tested: z.array(testedPart).max(50),
  }),
  z.strictObject({ kind: z.literal('ended'), isSound: z.boolean(), tested: z.array(testedPart).max(50) }),
]);
export type SelfTestEvent = z.infer<typeof selfTestEvent>;

export const LOG_LEVELS = ['note', 'fault'] as const;
export const logLevel = z.enum(LOG_LEVELS);

/** One line of the technical log: a code and figures. Of a fault its kind and code, never its message. */
export const logLine = z.strictObject({ at: moment, level: logLevel, code: technicalCode, figures: technicalFigures });
export type LogLine = z.infer<typeof logLine>;

const procedure = oc.errors(REFUSED);

export const healthContract = {
  /** Tests every part; known prints are searched in a gallery of made-up people, and no scanner is opened. */
  selfTest: procedure.input(z.strictObject({})).output(eventIterator(selfTestEvent)),
  /** The last lines of the technical log, newest first: of one level, or whose code begins with some letters. */
  logLines: procedure
    .input(
      z.strictObject({
        limit: z.number().int().min(1).max(MAXIMUM_ROWS),
        level: logLevel.nullable(),
        codeBegins: z.string().trim().max(100),
      }),
    )
    .output(z.array(logLine).max(MAXIMUM_ROWS)),
};
