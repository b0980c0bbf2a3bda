import {
  databasesSettings,
  type DatabaseSettings,
  type DatabasesSettings,
} from '../../../../electron/contract/databases.ts';

/** The text fields of one database, in the order of the form. */
export const GATEWAY_FIELDS = ['gatewayAddress', 'certificateFile', 'keyFile', 'authorityFile'] as const;
export type GatewayField = (typeof GATEWAY_FIELDS)[number];

/** What stands in the fields of one database: text, as it is typed. */
export type DatabaseText = Record<GatewayField, string> & { provider: DatabaseSettings['provider'] };

/** What stands in the form. */
export interface DatabasesText {
  police: DatabaseText;
  immigration: DatabaseText;
  certificateWarningDays: string;
}

/** The settings as text for the form. */
export function toDatabasesText(settings: DatabasesSettings): DatabasesText {
  const one = (database: DatabaseSettings): DatabaseText => ({
    provider: database.provider,
    gatewayAddress: database.gatewayAddress ?? '',
    certificateFile: database.certificateFile ?? '',
    keyFile: database.keyFile ?? '',
    authorityFile: database.authorityFile ?? '',
  });
  return {
    police: one(settings.police),
    immigration: one(settings.immigration),
    certificateWarningDays: String(settings.certificateWarningDays),
  };
}

/** What the form gives: settings, or the dotted names of the fields that are wrong. */
export type DatabasesReading =
  | { readonly kind: 'settings'; readonly settings: DatabasesSettings }
  | { readonly kind: 'wrong'; readonly names: readonly string[] };

/** Reads the form by the contract's own bounds; a gateway needs all of its fields. */
export function readDatabases(text: DatabasesText): DatabasesReading {
  const one = (database: DatabaseText) => ({
    provider: database.provider,
    ...Object.fromEntries(GATEWAY_FIELDS.map((field) => [field, database[field].trim() || null])),
  });
  const days = text.certificateWarningDays.trim();
  const read = databasesSettings.safeParse({
    police: one(text.police),
    immigration: one(text.immigration),
    certificateWarningDays: days === '' ? Number.NaN : Number(days),
  });
  const missing = (['police', 'immigration'] as const).flatMap((database) =>
    text[database].provider === 'gallery'
      ? []
      : GATEWAY_FIELDS.filter((field) => text[database][field].trim() === '').map((field) => `${database}.${field}`),
  );
  const wrong = read.success ? [] : read.error.issues.map(({ path }) => path.join('.'));
  const names = [...new Set([...missing, ...wrong])];
  return read.success && names.length === 0 ? { kind: 'settings', settings: read.data } : { kind: 'wrong', names };
}

/** The identifier of a field on the page. */
export function fieldIdOf(name: string): string {
  return name.replace('.', '-');
}
