import { describe, expect, test } from 'vitest';
import { policyFields, type PolicyField } from '../../../build/policy/policy-fields.ts';
import { policyAdml, policyAdmx, policySchema, registryPlace } from '../../../build/policy/policy-templates.ts';
import { POLICY_WORDS } from '../../../build/policy/policy-words.ts';
import { DEFAULT_SETTINGS } from '../../../electron/config/config-schema.ts';
import { parsePolicy } from '../../../electron/config/load-config.ts';
import { parseRegistryPolicy } from '../../../electron/config/registry-policy.ts';

const FIELDS = policyFields();
const named = FIELDS.map((field) => [field.path.join('.'), field] as const);

/** A value that the schema takes for a field, and that is not its default. */
function exampleOf({ path, kind, maximum, minimum }: PolicyField): string | number | boolean {
  const name = path.at(-1) ?? '';
  if (kind === 'switch') return true;
  if (kind === 'number') return Math.min((minimum ?? 0) + 1, maximum ?? Infinity);
  if (kind === 'share') return 2.5e-7;
  return /address/i.test(name) ? 'https://counts.example.police.uk/months' : 'example';
}

/** The policy with one setting; a group whose every setting is wanted gets the other ones too. */
function policyWith({ path }: PolicyField, value: string | number | boolean): Record<string, unknown> {
  const [group = '', name] = path;
  if (name === undefined) return { [group]: value };
  const others = group === 'upstream' ? { isSwitchedOn: true, address: 'https://counts.example.police.uk/months' } : {};
  return { [group]: { ...others, [name]: value } };
}

/** What `reg query` would print after group policy has written these values, kinds as the template says. */
function registryListing(policy: Record<string, unknown>): string {
  return FIELDS.flatMap((field) => {
    const [group = '', name] = field.path;
    const value = name === undefined ? policy[group] : (policy[group] as Record<string, unknown> | undefined)?.[name];
    if (value === undefined) return [];
    const { key, valueName } = registryPlace(field);
    const isNumber = field.kind === 'number' || field.kind === 'switch';
    const written = isNumber ? `0x${Number(value).toString(16)}` : JSON.stringify(value).replaceAll(`"`, '');
    return [`HKEY_LOCAL_MACHINE\\${key}`, `    ${valueName}    ${isNumber ? 'REG_DWORD' : 'REG_SZ'}    ${written}`, ''];
  }).join('\r\n');
}

test('the policy has every setting of the station', () => {
  const settings = FIELDS.filter(({ path }) => path[0] === 'settings').map(({ path }) => path[1]);

  expect(settings.toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
});

test('every setting has words, and there are no words for what is none', () => {
  expect(Object.keys(POLICY_WORDS).toSorted()).toEqual(named.map(([name]) => name).toSorted());
});

describe('a setting is the same through JSON and through the registry', () => {
  test.each(named)('%s', (_name, field) => {
    const policy = policyWith(field, exampleOf(field));

    const fromJson = parsePolicy(JSON.parse(JSON.stringify(policy)));
    const fromRegistry = parsePolicy(parseRegistryPolicy(registryListing(policy)));

    expect(fromRegistry).toEqual(fromJson);
    expect(fromJson).toEqual(policy);
  });
});

describe('the template keeps a setting where the station looks for it', () => {
  const admx = policyAdmx();
  test.each(named)('%s', (name, field) => {
    const id = name.replaceAll('.', '_');
    const { key, valueName } = registryPlace(field);
    const policy = new RegExp(`<policy name="${id}" [\\s\\S]*?</policy>`).exec(admx)?.[0] ?? '';

    expect(policy).toContain(`key="${key}"`);
    expect(policy).toContain(`valueName="${valueName}"`);
    expect(policy).toContain(
      { switch: '<enabledValue>', number: '<decimal id', share: '<text id', text: '<text id' }[field.kind],
    );
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

test('the JSON Schema refuses what the station refuses: it lets no further property pass', () => {
  expect(policySchema()).toMatchObject({ type: 'object', additionalProperties: false });
});
