import { z } from 'zod';
import { databaseSettings, databasesSettings, type DatabasesSettings } from '../contract/databases.ts';

/** What a machine policy may fix of them: each field by itself. */
export const databasesPolicy = z
  .strictObject({
    police: databaseSettings.partial(),
    immigration: databaseSettings.partial(),
    certificateWarningDays: databasesSettings.shape.certificateWarningDays,
  })
  .partial();
export type DatabasesPolicy = z.infer<typeof databasesPolicy>;

const ONE_DATABASE = {
  provider: 'gallery',
  gatewayAddress: null,
  certificateFile: null,
  keyFile: null,
  authorityFile: null,
} as const;

/** A new station searches its galleries. Thirty days: what a certificate authority usually takes, twice. Ours. */
export const DEFAULT_DATABASES: DatabasesSettings = {
  police: ONE_DATABASE,
  immigration: ONE_DATABASE,
  certificateWarningDays: 30,
};

/** Defaults < what an administrator stored (JSON text or null) < machine policy. @throws ZodError for what no station stores */
export function resolveDatabases(storedJson: string | null, policy: DatabasesPolicy): DatabasesSettings {
  const stored = databasesPolicy.parse(storedJson === null ? {} : JSON.parse(storedJson));
  return databasesSettings.parse({
    police: { ...DEFAULT_DATABASES.police, ...stored.police, ...policy.police },
    immigration: { ...DEFAULT_DATABASES.immigration, ...stored.immigration, ...policy.immigration },
    certificateWarningDays:
      policy.certificateWarningDays ?? stored.certificateWarningDays ?? DEFAULT_DATABASES.certificateWarningDays,
  });
}

/** The settings that the policy fixes, by their dotted names. */
export function fixedDatabaseSettings(policy: DatabasesPolicy): string[] {
  return namesOf(policy);
}

/** The names of the settings in which the two differ. */
export function changedDatabaseSettings(before: DatabasesSettings, after: DatabasesSettings): string[] {
  const old = new Map(valuesOf(before));
  return valuesOf(after)
    .filter(([name, value]) => old.get(name) !== value)
    .map(([name]) => name);
}

function valuesOf(settings: object): readonly (readonly [string, unknown])[] {
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, innerValue]: [string, unknown]) => [`${name}.${inner}`, innerValue] as const)
      : [[name, value] as const],
  );
}

function namesOf(settings: object): string[] {
  return valuesOf(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
}
