import { z } from 'zod';
import {
  stationSettings,
  upstreamSettings,
  type StationSettings,
  type UpstreamSettings,
} from '../contract/administration.ts';
import { StationError } from '../domain/station-error.ts';
import { DEFAULT_SETTINGS, DEFAULT_UPSTREAM } from './config-schema.ts';

/** A machine policy: any of the settings, fixed for the administrator; nothing else is allowed in it. */
export const machinePolicy = z.strictObject({
  settings: stationSettings.partial().optional(),
  upstream: upstreamSettings.optional(),
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
  /** Path of the scanner, or `simulated` for a training station. */
  scanner: z.string().min(1).max(300).optional(),
  /** True for the one start after the computer's clock had run ahead: a station refuses a clock behind its own log. */
  isEarlierClockAccepted: z.boolean().optional(),
});
export type MachinePolicy = z.infer<typeof machinePolicy>;

/** Settings or a policy that cannot be used. `figures.path` names the first field that is wrong. */
export class ConfigFault extends StationError {
  override readonly name = 'ConfigFault';
  readonly code: 'config.policy-invalid' | 'config.settings-invalid';

  constructor(code: ConfigFault['code'], figures: Readonly<Record<string, string>>, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, code: ConfigFault['code']): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigFault(
    code,
    { path: issue?.path.join('.') ?? '', reason: issue?.code ?? '' },
    { cause: parsed.error },
  );
}

/** Reads a machine policy; null stands for none. @throws ConfigFault `config.policy-invalid` with the field's path */
export function parsePolicy(raw: unknown): MachinePolicy {
  return raw === null || raw === undefined ? {} : parse(machinePolicy, raw, 'config.policy-invalid');
}

/** Defaults < what the administrator stored (JSON text or null) < machine policy. @throws ConfigFault */
export function resolveSettings(storedJson: string | null, policy: MachinePolicy): StationSettings {
  const stored: unknown = storedJson === null ? {} : JSON.parse(storedJson);
  const known = parse(stationSettings.partial(), stored, 'config.settings-invalid');
  return parse(stationSettings, { ...DEFAULT_SETTINGS, ...known, ...policy.settings }, 'config.policy-invalid');
}

/** Where counts go, resolved in the same order. @throws ConfigFault */
export function resolveUpstream(storedJson: string | null, policy: MachinePolicy): UpstreamSettings {
  if (policy.upstream !== undefined) return policy.upstream;
  if (storedJson === null) return DEFAULT_UPSTREAM;
  return parse(upstreamSettings, JSON.parse(storedJson), 'config.settings-invalid');
}
