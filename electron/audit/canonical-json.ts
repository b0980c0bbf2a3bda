/** What can stand in an event or in a document that is signed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one spelling of a value: keys in the order of their code units, no space, whole numbers only. Follows RFC 8785 for
 * what it admits. @throws TypeError for a number that is not a safe integer, because its spelling would not be certain
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('canonical JSON holds whole numbers only');
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const inner = value[key];
    if (inner !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(inner)}`);
  }
  return `{${parts.join(',')}}`;
}

/** True when the text is the one spelling of a value that was parsed from it: quicker than spelling it again. */
export function isCanonical(text: string, value: unknown): boolean {
  return JSON.stringify(value) === text && areKeysInOrder(value);
}

function areKeysInOrder(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(areKeysInOrder);
  let last = '';
  for (const [key, inner] of Object.entries(value)) {
    if (key <= last && last !== '') return false;
    last = key;
    if (typeof inner === 'object' || typeof inner === 'number') {
      if (!areKeysInOrder(inner)) return false;
    }
  }
  return true;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
