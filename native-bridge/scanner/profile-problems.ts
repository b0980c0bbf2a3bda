import type { z } from 'zod';
import { deviceProfileSchema, MAXIMUM_PROFILE_CHARACTERS, type DeviceProfile } from './device-profile.ts';

/** What can be wrong with one field of a profile file. */
export type ProfileProblemKind =
  | 'not-json'
  | 'too-long'
  | 'missing'
  | 'unknown-field'
  | 'wrong-type'
  | 'too-small'
  | 'too-large'
  | 'not-allowed';

/** One thing that is wrong with a profile file. */
export interface ProfileProblem {
  /** The way to the field, such as `resolutionPpi` or `triedOn.0`; empty where it is the whole file. */
  readonly field: string;
  readonly problem: ProfileProblemKind;
  /** The bound that was broken, in the field's own unit; null where it is none. */
  readonly bound: number | null;
}

/** A profile, or everything that is wrong with it. */
export type ProfileReading =
  | { readonly kind: 'profile'; readonly profile: DeviceProfile }
  | { readonly kind: 'wrong'; readonly problems: readonly ProfileProblem[] };

/** Longest name of a field that is told back, characters: a file may call a field anything. */
const MAXIMUM_FIELD_CHARACTERS = 100;

/** Reads a profile file for somebody who has to mend it: each wrong field is named, with what is wrong and its bound. */
export function readDeviceProfile(text: string): ProfileReading {
  if (text.length > MAXIMUM_PROFILE_CHARACTERS) {
    return wrong([{ field: '', problem: 'too-long', bound: MAXIMUM_PROFILE_CHARACTERS }]);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong([{ field: '', problem: 'not-json', bound: null }]);
  }
  const parsed = deviceProfileSchema.safeParse(value);
  if (parsed.success) return { kind: 'profile', profile: parsed.data };
  return wrong(parsed.error.issues.flatMap((issue) => problemsOf(issue, value)));
}

function wrong(problems: readonly ProfileProblem[]): ProfileReading {
  return { kind: 'wrong', problems };
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown): readonly ProfileProblem[] {
  const field = issue.path.join('.').slice(0, MAXIMUM_FIELD_CHARACTERS);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: [...issue.path, key].join('.').slice(0, MAXIMUM_FIELD_CHARACTERS),
        problem: 'unknown-field',
        bound: null,
      }));
    case 'too_small':
      return [{ field, problem: 'too-small', bound: Number(issue.minimum) }];
    case 'too_big':
      return [{ field, problem: 'too-large', bound: Number(issue.maximum) }];
    case 'invalid_type':
      return [{ field, problem: isMissing(issue.path, value) ? 'missing' : 'wrong-type', bound: null }];
    default:
      return [{ field, problem: isMissing(issue.path, value) ? 'missing' : 'not-allowed', bound: null }];
  }
}

/** True when there is nothing in the file where the field should be. */
function isMissing(way: readonly PropertyKey[], value: unknown): boolean {
  let present: unknown = value;
  for (const step of way) {
    if (typeof present !== 'object' || present === null || !Object.hasOwn(present, step)) return true;
    present = Object.entries(present).find(([name]) => name === String(step))?.[1];
  }
  return false;
}
