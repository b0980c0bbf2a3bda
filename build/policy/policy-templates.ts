import { z } from 'zod';
import { machinePolicy } from '../../electron/config/load-config.ts';
import { defaultOf, policyFields, type PolicyField } from './policy-fields.ts';
import { wordsOf, type PolicyWords } from './policy-words.ts';

/** Where the registry form of the policy lives. Source: electron/config/read-machine-policy.ts. */
const ROOT_KEY = String.raw`SOFTWARE\Policies\Ridgeway`;
const NAMESPACE = 'Ridgeway.Policies.Station';
const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
const SCHEMAS =
  'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0"';

const node = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() });

/** The machine policy as a JSON Schema, draft 2020-12, with words, units and defaults: for editors and generators. */
export function policySchema(): object {
  // By way of text, because one schema that is used in two places is one object in both.
  const schema: object = JSON.parse(JSON.stringify(z.toJSONSchema(machinePolicy)));
  for (const field of policyFields()) {
    const { name, help, unit } = words(field);
    const preset = defaultOf(field);
    const described = { title: name, description: unit === '' ? help : `${help} Unit: ${unit}.` };
    Object.assign(schemaAt(schema, field.path), described, preset !== null && { default: preset });
  }
  return { ...schema, title: "Ridgeway's machine policy" };
}

/** The schema of one property, however deep. */
function schemaAt(schema: object, path: readonly string[]): object {
  return path.reduce((within, name) => {
    const inner = node.parse(within).properties?.[name];
    if (typeof inner !== 'object' || inner === null) throw new Error(`the schema has no ${path.join('.')}`);
    // The parser copies what is around it; what was found is the schema's own.
    return inner;
  }, schema);
}

/** The name of a field's value in the registry, and the key that it lies in. */
export function registryPlace({ path }: PolicyField): { readonly key: string; readonly valueName: string } {
  return { key: [ROOT_KEY, ...path.slice(0, -1)].join('\\'), valueName: path.at(-1) ?? '' };
}

/** The group policy template: which settings exist, and where they are kept. The same in every language. */
export function policyAdmx(): string {
  return [
    HEAD,
    `<policyDefinitions ${SCHEMAS}>`,
    `  <policyNamespaces><target prefix="ridgeway" namespace="${NAMESPACE}"/></policyNamespaces>`,
    '  <resources minRequiredRevision="1.0"/>',
    '  <categories><category name="Ridgeway" displayName="$(string.Ridgeway)"/></categories>',
    '  <policies>',
    ...policyFields().flatMap(admxPolicy),
    '  </policies>',
    '</policyDefinitions>',
    '',
  ].join('\n');
}

/** The words of the template. */
export function policyAdml(): string {
  const fields = policyFields();
  return [
    HEAD,
    `<policyDefinitionResources ${SCHEMAS}>`,
    "  <displayName>Ridgeway</displayName><description>Settings of Ridgeway's stations</description>",
    '  <resources>',
    '    <stringTable>',
    '      <string id="Ridgeway">Ridgeway</string>',
    ...fields.flatMap((field) => {
      const id = identifier(field);
      return [
        `      <string id="${id}">${escaped(words(field).name)}</string>`,
        `      <string id="${id}_Help">${escaped(explanation(field))}</string>`,
        ...field.options.map((option) => `      <string id="${optionId(field, option)}">${escaped(option)}</string>`),
      ];
    }),
    '    </stringTable>',
    '    <presentationTable>',
    ...fields.filter(({ kind }) => kind !== 'switch').map(presentation),
    '    </presentationTable>',
    '  </resources>',
    '</policyDefinitionResources>',
    '',
  ].join('\n');
}

function admxPolicy(field: PolicyField): readonly string[] {
  const id = identifier(field);
  const { key, valueName } = registryPlace(field);
  const texts = `displayName="$(string.${id})" explainText="$(string.${id}_Help)"`;
  const place = `key="${escaped(key)}"`;
  const parent = '      <parentCategory ref="Ridgeway"/>';
  if (field.kind === 'switch') {
    return [
      `    <policy name="${id}" class="Machine" ${texts} ${place} valueName="${valueName}">`,
      parent,
      '      <enabledValue><decimal value="1"/></enabledValue>',
      '      <disabledValue><decimal value="0"/></disabledValue>',
      '    </policy>',
    ];
  }
  return [
    `    <policy name="${id}" class="Machine" ${texts} ${place} presentation="$(presentation.${id})">`,
    parent,
    `      <elements>${element(field, valueName)}</elements>`,
    '    </policy>',
  ];
}

function element(field: PolicyField, valueName: string): string {
  const { kind, maximum, minimum } = field;
  const named = `id="Value" valueName="${valueName}" required="true"`;
  if (kind === 'choice') {
    const items = field.options.map(
      (option) =>
        `<item displayName="$(string.${optionId(field, option)})"><value><string>${option}</string></value></item>`,
    );
    return `<enum ${named}>${items.join('')}</enum>`;
  }
  if (kind === 'number') return `<decimal ${named} minValue="${minimum ?? 0}" maxValue="${maximum ?? 4_294_967_295}"/>`;
  return `<text ${named} maxLength="${kind === 'share' ? 30 : (maximum ?? 1_023)}"/>`;
}

function presentation(field: PolicyField): string {
  const id = identifier(field);
  const { name, unit } = words(field);
  const label = escaped(unit === '' ? name : `${name} (${unit})`);
  return `      <presentation id="${id}">${box(field.kind, label)}</presentation>`;
}

function box(kind: PolicyField['kind'], label: string): string {
  if (kind === 'number') return `<decimalTextBox refId="Value">${label}</decimalTextBox>`;
  if (kind === 'choice') return `<dropdownList refId="Value">${label}</dropdownList>`;
  return `<textBox refId="Value"><label>${label}</label></textBox>`;
}

/** The identifier of the words of one choice; the words are the choice's own, for a policy file takes no others. */
function optionId(field: PolicyField, option: string): string {
  return `${identifier(field)}_${option.replaceAll('-', '_')}`;
}

/** What stands beside a setting in the editor of group policies: what it does, its unit, its bounds, its default. */
function explanation(field: PolicyField): string {
  const { help, unit } = words(field);
  const preset = defaultOf(field);
  const hasBounds = field.kind === 'number' && field.minimum !== null && field.maximum !== null;
  return [
    help,
    ...(unit === '' ? [] : [`Unit: ${unit}.`]),
    ...(hasBounds ? [`From ${field.minimum} to ${field.maximum}.`] : []),
    preset === null || preset === '' ? 'Without this policy: nothing.' : `Without this policy: ${presetWords(preset)}.`,
  ].join('\n');
}

function presetWords(preset: string | number | boolean): string {
  return typeof preset === 'boolean' ? (preset ? 'on' : 'off') : String(preset);
}

function words(field: PolicyField): PolicyWords {
  const found = wordsOf(field.path);
  if (found === null) throw new Error(`${field.path.join('.')} has no words for whoever sets policies`);
  return found;
}

function identifier({ path }: PolicyField): string {
  return path.join('_');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
