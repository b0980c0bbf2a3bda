/** The policy's own key; what lies below it makes nested objects. */
const KEY_LINE = /^\[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Ridgeway(?:\\(.+))?\]$/i;
/** One value: a quoted name, and what it is. The key's default value is written `@` and names no setting. */
const VALUE_LINE = /^"((?:[^"\\]|\\.)*)"=(.*)$/;
const DWORD = /^dword:([0-9a-f]{8})$/i;
/** Names of truth values are claims: `isSwitchedOn`, `areUnnumberedReadersAllowed`. */
const SWITCH = /^(is|are|has)[A-Z]/;
const TEXT = /^"((?:[^"\\]|\\.)*)"$/;

/**
 * Turns what `reg export` writes of the policy's key into the object that the JSON form of the same policy would be: keys
 * below it are objects, `REG_DWORD` a number (or, named as a claim, a truth value), `REG_SZ` a string (or, named `…Fpir`, a
 * number: the registry has no kind for shares). It validates nothing: an unknown name or kind is left for the policy's
 * schema to refuse. Null when the key does not exist. Source of the format: Microsoft, "How to add, modify, or delete
 * registry subkeys and values by using a .reg file".
 */
export function parseRegistryPolicy(exported: string): unknown {
  const policy: Tree = Object.create(null);
  let present: Tree | null = null;
  // A value in hexadecimal goes on over lines that end with a backslash.
  for (const line of exported.replaceAll(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    if (line.startsWith('[')) {
      const key = KEY_LINE.exec(line);
      present = key === null ? null : branch(policy, key[1]?.split('\\') ?? []);
    }
    const [, name, value] = VALUE_LINE.exec(line) ?? [];
    if (present !== null && name !== undefined && value !== undefined) {
      present[unescaped(name)] = valueOf(unescaped(name), value);
    }
  }
  return exported === '' ? null : policy;
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

function valueOf(name: string, value: string): string | number | boolean {
  const [, digits] = DWORD.exec(value) ?? [];
  if (digits !== undefined) {
    const number = Number.parseInt(digits, 16);
    return SWITCH.test(name) ? number !== 0 : number;
  }
  const [, text] = TEXT.exec(value) ?? [];
  if (text === undefined) return `${value.slice(0, 20)} is not a kind that a policy uses`;
  return name.endsWith('Fpir') ? Number(unescaped(text)) : unescaped(text);
}

/** In a `.reg` file a backslash stands before itself and before a quotation mark. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}
