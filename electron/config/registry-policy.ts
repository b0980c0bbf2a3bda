/** One line of a value in what `reg query KEY /s` prints: four spaces, name, kind, value. */
const VALUE_LINE = /^ {4}(.+?) {4}(REG_SZ|REG_DWORD|REG_EXPAND_SZ|REG_MULTI_SZ|REG_BINARY|REG_QWORD) {4}(.*)$/;
/** The policy's own key; what lies below it makes nested objects. */
const KEY_LINE = /^HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Ridgeway(?:\\(.+))?$/i;

/**
 * Turns the listing of the policy's registry key into the object that the JSON form of the same policy would be: keys
 * below it are objects, `REG_DWORD` a number (or, named `is…`, a truth value), `REG_SZ` a string (or, named `…Fpir`, a
 * number: the registry has no kind for shares). It validates nothing: an unknown name or kind is left for the policy's schema to
 * refuse. Null when the key does not exist.
 */
export function parseRegistryPolicy(listing: string): unknown {
  const policy: Tree = Object.create(null);
  let present: Tree | null = null;
  for (const line of listing.split(/\r?\n/)) {
    const key = KEY_LINE.exec(line);
    if (key !== null) present = branch(policy, key[1]?.split('\\') ?? []);
    const [, name, kind, value] = VALUE_LINE.exec(line) ?? [];
    if (present !== null && name !== undefined && kind !== undefined) present[name] = valueOf(name, kind, value ?? '');
  }
  return present === null ? null : policy;
}

interface Tree {
  [name: string]: Tree | string | number | boolean;
}

function branch(root: Tree, names: readonly string[]): Tree {
  return names.reduce((tree, name) => {
    const found = tree[name];
    const next: Tree = typeof found === 'object' ? found : Object.create(null);
    tree[name] = next;
    return next;
  }, root);
}

function valueOf(name: string, kind: string, value: string): string | number | boolean {
  if (kind === 'REG_DWORD') {
    const number = Number(value);
    return /^is[A-Z]/.test(name) ? number !== 0 : number;
  }
  if (kind === 'REG_SZ') return name.endsWith('Fpir') ? Number(value) : value;
  return `${kind} is not a kind that a policy uses`;
}
