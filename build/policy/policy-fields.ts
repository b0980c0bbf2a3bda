import { z } from 'zod';
import { DEFAULT_SETTINGS, DEFAULT_UPSTREAM } from '../../electron/config/config-schema.ts';
import { DEFAULT_DATABASES } from '../../electron/config/database-settings.ts';
import { DEFAULT_GALLERY_SETTINGS } from '../../electron/galleries/gallery-settings.ts';
import { machinePolicy } from '../../electron/config/load-config.ts';

/** One setting that a machine policy can fix, by the way to it from the policy's root. */
export interface PolicyField {
  readonly path: readonly string[];
  /** `switch` is a truth value, `share` a fraction, which the registry keeps as text, `choice` one of a few words. */
  readonly kind: 'text' | 'number' | 'share' | 'switch' | 'choice';
  readonly minimum: number | null;
  /** Largest value of a number, longest text in characters. */
  readonly maximum: number | null;
  /** The words of a choice; empty for every other kind. */
  readonly options: readonly string[];
}

/** Every setting of the machine policy's schema. @throws Error for a kind that no template can express */
export function policyFields(): readonly PolicyField[] {
  return fieldsOf(machinePolicy, []);
}

/** What holds where no source says anything: a value, or null for none. */
export function defaultOf({ path }: PolicyField): string | number | boolean | null {
  const delivered: unknown = {
    settings: DEFAULT_SETTINGS,
    upstream: DEFAULT_UPSTREAM,
    galleries: DEFAULT_GALLERY_SETTINGS,
    databases: DEFAULT_DATABASES,
  };
  const value = path.reduce((within: unknown, name) => {
    return typeof within === 'object' && within !== null ? Reflect.get(within, name) : undefined;
  }, delivered);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function fieldsOf(schema: z.core.$ZodType, path: readonly string[]): readonly PolicyField[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return fieldsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, inner]) => fieldsOf(inner, [...path, name]));
  }
  if (schema instanceof z.ZodBoolean) return [plainField(path, 'switch', null)];
  if (schema instanceof z.ZodEnum) {
    return [{ ...plainField(path, 'choice', null), options: schema.options.map(String) }];
  }
  const described = z.toJSONSchema(schema);
  if (described.type === 'integer') return [numberField(path, 'number', described)];
  if (described.type === 'number') return [numberField(path, 'share', described)];
  if (described.type === 'string') return [plainField(path, 'text', described.maxLength ?? null)];
  throw new Error(`${path.join('.')} is of a kind that a policy template cannot express`);
}

function numberField(
  path: readonly string[],
  kind: 'number' | 'share',
  { minimum = null, maximum = null }: { minimum?: number | null; maximum?: number | null },
): PolicyField {
  return { path, kind, minimum, maximum, options: [] };
}

function plainField(path: readonly string[], kind: PolicyField['kind'], maximum: number | null): PolicyField {
  return { path, kind, minimum: null, maximum, options: [] };
}
