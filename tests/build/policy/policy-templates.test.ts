import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { defaultOf, policyFields, type PolicyField } from '../../../build/policy/policy-fields.ts';
import { policyAdml, policyAdmx, policySchema, registryPlace } from '../../../build/policy/policy-templates.ts';
import { POLICY_WORDS, wordsOf } from '../../../build/policy/policy-words.ts';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import { machinePolicy, parsePolicy } from '../../../electron/config/load-config.ts';
import { parseRegistryPolicy } from '../../../electron/config/registry-policy.ts';
import { applyGroupPolicy } from './group-policy.ts';

const FIELDS = policyFields();
const named = FIELDS.map((field) => [field.path.join('.'), field] as const);
type Value = string | number | boolean;

/** Values that the schema takes for a field: its bounds, both truths, or a text that the registry has to escape. */
function examplesOf({ path, kind, maximum, minimum, options }: PolicyField): readonly Value[] {
  const name = path.at(-1) ?? '';
  if (kind === 'switch') return [true, false];
  if (kind === 'choice') return options;
  if (/keys$/i.test(name)) return ['0a'.repeat(32)];
  if (kind === 'number') return [minimum ?? 0, maximum ?? 1];
  if (kind === 'share') return [2.5e-7, 1e-9];
  if (/address/i.test(name)) return ['https://counts.example.police.uk/months?a=b%20c'];
  if (name.endsWith('Keys')) return ['3f1c9a52d07be846'.repeat(4), ['0a', '9f'].map((two) => two.repeat(32)).join(' ')];
  return /code/i.test(name) ? ['desk-4'] : ['example', String.raw`C:\Ridgeway "Tŷ Cŵyn"\x`];
}

/** A value that is not the one of any source, for the other fields of a group that must be whole. */
function anyOf(field: PolicyField): Value {
  return examplesOf(field)[0] ?? '';
}

/** The field with this value, and whatever else its group must have. */
function policyWith(field: PolicyField, value: Value): Map<PolicyField, Value> {
  const policy = new Map([[field, value]]);
  for (const other of FIELDS) {
    const isBeside = other !== field && other.path.length > 1 && other.path[0] === field.path[0];
    if (isBeside && !machinePolicy.safeParse(asJson(policy)).success) policy.set(other, anyOf(other));
  }
  return policy;
}

function asJson(policy: ReadonlyMap<PolicyField, Value>): Record<string, unknown> {
  const json = {};
  for (const [{ path }, value] of policy) setAt(json, path, value);
  return json;
}

/** Puts a value at a path, and makes what lies on the way. */
function setAt(json: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) Object.assign(json, { [first]: value });
  else {
    const inner = (json[first] ?? {}) as Record<string, unknown>;
    setAt(inner, rest, value);
    Object.assign(json, { [first]: inner });
  }
}

describe('every setting', () => {
  const schema = JSON.stringify(policySchema());
  test.each(named)('%s has words, a unit where it is a measure, a default, and a place in each form', (name, field) => {
    const words = wordsOf(field.path);

    expect(words?.name).toMatch(/^[A-Z]/);
    expect(words?.help).toMatch(/[.!?]$/);
    if (field.kind === 'number') {
      expect(words?.unit).not.toBe('');
      expect(defaultOf(field)).not.toBeNull();
      expect(policyAdml()).toContain(`Unit: ${words?.unit}.`);
    }
    if (field.path[0] === 'settings')
      expect(defaultOf(field)).toEqual(Reflect.get(DEFAULT_SETTINGS, field.path[1] ?? ''));
    expect(schema).toContain(JSON.stringify(words?.name));
    expect(policyAdmx()).toContain(`<policy name="${name.replaceAll('.', '_')}"`);
  });

  test('of the station is one that a policy can fix', () => {
    const settings = FIELDS.filter(({ path }) => path[0] === 'settings').map(({ path }) => path[1]);

    expect(settings.toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
  });

  test('with words is a setting', () => {
    const names = named.map(([name]) => name);

    expect(Object.keys(POLICY_WORDS).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('a setting is the same through JSON, through the template and through the registry', () => {
  const admx = policyAdmx();
  test.each(named)('%s', (_name, field) => {
    for (const value of examplesOf(field)) {
      const policy = policyWith(field, value);
      const chosen = [...policy].map(([{ path }, chosenValue]) => [path.join('_'), chosenValue] as const);

      const fromJson = parsePolicy(JSON.parse(JSON.stringify(asJson(policy))));
      const fromRegistry = parsePolicy(parseRegistryPolicy(applyGroupPolicy(admx, Object.fromEntries(chosen))));

      expect(fromJson).toEqual(asJson(policy));
      expect(fromRegistry).toEqual(fromJson);
    }
  });

  test('all at once, and every one has a place of its own', () => {
    const all = new Map(FIELDS.map((field) => [field, anyOf(field)]));
    const chosen = Object.fromEntries([...all].map(([{ path }, value]) => [path.join('_'), value]));

    expect(parseRegistryPolicy(applyGroupPolicy(admx, chosen))).toEqual(asJson(all));
    expect(new Set(FIELDS.map((field) => JSON.stringify(registryPlace(field)))).size).toBe(FIELDS.length);
  });
});

test('the template names only words and boxes that the language file has', () => {
  const adml = policyAdml();
  const wanted = [...policyAdmx().matchAll(/\$\((string|presentation)\.(\w+)\)/g)].map(
    ([, kind, id]) => `<${kind} id="${id}"`,
  );

  expect(wanted.length).toBeGreaterThan(FIELDS.length * 2);
  expect(wanted.filter((start) => !adml.includes(start))).toEqual([]);
});

test.each([
  ['template', policyAdmx],
  ['language file', policyAdml],
])('the %s is well-formed: every element that opens is closed, in order', (_what, write) => {
  const xml = write();
  const open: string[] = [];
  for (const [, slash, name = '', end] of xml.matchAll(/<(\/?)([A-Za-z]\w*)[^<>]*?(\/?)>/g)) {
    if (slash === '/') expect(open.pop()).toBe(name);
    else if (end !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  expect(xml.replaceAll(/&(amp|lt|quot);/g, '')).not.toContain('&');
});

describe('the JSON Schema takes what the station takes and refuses what it refuses', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const isValid = ajv.compile(policySchema());

  test.each(named)('%s, within its bounds, beyond them and of another kind', (_name, field) => {
    const inside = examplesOf(field);
    const beyond = [
      ...(field.maximum === null ? [] : [field.maximum + 1, 'x'.repeat(field.maximum + 1)]),
      -1,
      '',
      null,
      {},
      [1],
    ];
    for (const value of [...inside, ...beyond]) {
      const policy = asJson(policyWith(field, anyOf(field)));
      setAt(policy, field.path, value);

      expect([value, isValid(policy)]).toEqual([value, machinePolicy.safeParse(policy).success]);
    }
    for (const value of inside) expect(isValid(asJson(policyWith(field, value)))).toBe(true);
  });

  test.each([
    [{ unknown: 1 }],
    [{ settings: { unknown: 1 } }],
    [{ updates: {} }],
    [{ updates: { address: 'http://a.example/', publisherName: 'x' } }],
    [[]],
    [''],
  ])('%j', (policy) => {
    expect(isValid(policy)).toBe(false);
    expect(machinePolicy.safeParse(policy).success).toBe(false);
  });
});
