/** What `inspect` says of a file: numbers and short words, and never a pixel or a minutia. */
export interface Description {
  readonly [key: string]: DescriptionValue;
}

export type DescriptionValue = string | number | boolean | null | Description | readonly DescriptionValue[];

/** The description as indented lines of text. */
export function renderDescription(description: Description, indent = ''): string {
  return Object.entries(description)
    .map(([key, value]) => renderEntry(key, value, indent))
    .join('');
}

function renderEntry(key: string, value: DescriptionValue, indent: string): string {
  if (value === null) return `${indent}${key}: -\n`;
  if (isList(value)) {
    if (value.every((entry) => typeof entry !== 'object')) return `${indent}${key}: ${value.join(', ')}\n`;
    return value.map((entry, index) => renderEntry(`${key} ${index + 1}`, entry, indent)).join('');
  }
  if (typeof value === 'object') return `${indent}${key}\n${renderDescription(value, `${indent}  `)}`;
  return `${indent}${key}: ${String(value)}\n`;
}

function isList(value: DescriptionValue): value is readonly DescriptionValue[] {
  return Array.isArray(value);
}
