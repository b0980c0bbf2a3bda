import { z } from 'zod';
import {
  stationSettings,
  upstreamSettings,
  type StationSettings,
  type UpstreamSettings,
} from '../contract/administration.ts';
import { gallerySettings } from '../contract/galleries.ts';
import { databasesPolicy } from './database-settings.ts';
import { StationError } from '../domain/station-error.ts';
import { DEFAULT_SETTINGS, DEFAULT_UPSTREAM } from './config-schema.ts';

/** What a settings file may bring: values that the station starts with, and that its administrator may still change. */
export const settingsFile = z.strictObject({
  settings: stationSettings.partial().optional(),
  upstream: upstreamSettings.optional(),
});
export type SettingsFile = z.infer<typeof settingsFile>;

/** A machine policy: any of the settings, fixed for the administrator; nothing else is allowed in it. */
export const machinePolicy = z.strictObject({
  ...settingsFile.shape,
  /** How the collector is reached: a proxy's address, and PEM files for mutual TLS and the force's own authority. */
  upstreamConnection: z
    .strictObject({
      proxyAddress: z.url({ protocol: /^https?$/ }).max(300),
      certificateFile: z.string().min(1).max(300),
      keyFile: z.string().min(1).max(300),
      authorityFile: z.string().min(1).max(300),
    })
    .partial()
    .optional(),
  /** Whose galleries the station takes, and when it warns of their age. */
  galleries: gallerySettings.partial().optional(),
  /** Where the two databases are: galleries on the station, or gateways and how they are reached. */
  databases: databasesPolicy.optional(),
  /** Path of the scanner, or `simulated` for a training station. */
  scanner: z.string().min(1).max(300).optional(),
  /** True where readers that tell no serial number (those behind libfprint) may capture without being enrolled. */
  areUnnumberedReadersAllowed: z.boolean().optional(),
  /** True for the one start after the computer's clock had run ahead: a station refuses a clock behind its own log. */
  isEarlierClockAccepted: z.boolean().optional(),
  /** True where a computer without a key store may seal with a file that only the station's account can read. */
  isKeyFileAccepted: z.boolean().optional(),
  /** Where the force keeps new versions. Absent, the station asks nobody for updates and loads no updater. */
  updates: z
    .strictObject({
      address: z
        .url({ protocol: /^https$/ })
        .regex(/^https:\/\//)
        .max(300),
      /** The name in the certificate that signs the force's packages; an installer of another name is not started. */
      publisherName: z.string().trim().min(1).max(200),
    })
    .optional(),
});
export type MachinePolicy = z.infer<typeof machinePolicy>;

/** Settings or a policy that cannot be used. `figures.path` names the first field that is wrong. */
export class ConfigFault extends StationError {
  override readonly name = 'ConfigFault';
  readonly code:
    | 'config.policy-invalid'
    | 'config.policy-unreadable'
    | 'config.file-invalid'
    | 'config.settings-invalid';

  constructor(code: ConfigFault['code'], figures: Readonly<Record<string, string>>, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, code: ConfigFault['code']): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // A field that nobody knows is reported with the object that it is in; its own name is what must be found in the file.
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const fieldPath = [...(issue?.path ?? []), ...unknown].join('.');
  throw new ConfigFault(code, { path: fieldPath, reason: issue?.code ?? '' }, { cause: parsed.error });
}

/**
 * Reads a machine policy; null stands for none, and a fault of reading it for one that must not be guessed at.
 * @throws ConfigFault `config.policy-unreadable`, or `config.policy-invalid` with the field's path
 */
export function parsePolicy(raw: unknown): MachinePolicy {
  if (raw instanceof ConfigFault) throw raw;
  return raw === null || raw === undefined ? {} : parse(machinePolicy, raw, 'config.policy-invalid');
}

/** Reads a settings file; null stands for none. @throws ConfigFault `config.file-invalid` with the field's path */
export function parseSettingsFile(raw: unknown): SettingsFile {
  if (raw instanceof ConfigFault) throw raw;
  return raw === null || raw === undefined ? {} : parse(settingsFile, raw, 'config.file-invalid');
}

/** What the administrator stored: the settings that somebody changed here, and no other. @throws ConfigFault */
export function parseStoredSettings(storedJson: string | null): NonNullable<SettingsFile['settings']> {
  const stored: unknown = storedJson === null ? {} : JSON.parse(storedJson);
  return parse(stationSettings.partial(), stored, 'config.settings-invalid');
}

/** Defaults < settings file < what the administrator stored (JSON text or null) < machine policy. @throws ConfigFault */
export function resolveSettings(
  storedJson: string | null,
  policy: MachinePolicy,
  file: SettingsFile = {},
): StationSettings {
  const known = { ...DEFAULT_SETTINGS, ...file.settings, ...parseStoredSettings(storedJson), ...policy.settings };
  const resolved = parse(stationSettings, known, 'config.policy-invalid');
  if (resolved.possibleTargetFpir < resolved.matchTargetFpir) {
    throw new ConfigFault('config.policy-invalid', { path: 'settings.possibleTargetFpir', reason: 'below-match' });
  }
  return resolved;
}

/** Where counts go, resolved in the same order. @throws ConfigFault */
export function resolveUpstream(
  storedJson: string | null,
  policy: MachinePolicy,
  file: SettingsFile = {},
): UpstreamSettings {
  if (policy.upstream !== undefined) return policy.upstream;
  if (storedJson === null) return file.upstream ?? DEFAULT_UPSTREAM;
  return parse(upstreamSettings, JSON.parse(storedJson), 'config.settings-invalid');
}
