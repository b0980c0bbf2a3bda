/**
 * What Windows' group policy does with a template, as far as ours goes: an administrator sets policies by their names, and
 * it writes values into the registry at the places that the template names. Answers what `reg export` of the policy's key
 * would then write. It knows nothing of the station's own fields.
 */
export function applyGroupPolicy(admx: string, chosen: Readonly<Record<string, string | number | boolean>>): string {
  const keys = new Map<string, string[]>();
  for (const [name, value] of Object.entries(chosen)) {
    const policy = new RegExp(`<policy name="${name}" ([^>]*)>([\\s\\S]*?)</policy>`).exec(admx);
    if (policy === null) throw new Error(`the template has no policy ${name}`);
    const [, head = '', body = ''] = policy;
    const key = attribute(head, 'key');
    const lines = keys.get(key) ?? [];
    keys.set(key, [...lines, valueLine(name, head, body, value)]);
  }
  const blocks = [...keys].map(([key, lines]) => [`[HKEY_LOCAL_MACHINE\\${key}]`, ...lines, ''].join('\r\n'));
  return ['\uFEFFWindows Registry Editor Version 5.00', '', ...blocks, ''].join('\r\n');
}

function valueLine(name: string, head: string, body: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') {
    const wanted = new RegExp(`<${value ? 'enabled' : 'disabled'}Value><decimal value="(\\d+)"/>`).exec(body)?.[1];
    if (wanted === undefined) throw new Error(`${name} cannot be switched`);
    return `"${attribute(head, 'valueName')}"=${dword(Number(wanted))}`;
  }
  const choices = /<elements><enum ([^>]*)>(.*)<\/enum><\/elements>/.exec(body);
  if (choices !== null) {
    const options = [...(choices[2] ?? '').matchAll(/<value><string>([^<]*)<\/string><\/value>/g)].map(
      ([, option]) => option,
    );
    if (!options.includes(String(value))) throw new Error(`${name} has no choice ${String(value)}`);
    return `"${attribute(choices[1] ?? '', 'valueName')}"="${String(value)}"`;
  }
  const element = /<elements><(decimal|text) ([^>]*)\/><\/elements>/.exec(body);
  const [, kind, words = ''] = element ?? [];
  const valueName = attribute(words, 'valueName');
  if (kind === 'decimal' && typeof value === 'number') {
    const least = Number(attribute(words, 'minValue'));
    const most = Number(attribute(words, 'maxValue'));
    if (value < least || value > most) throw new Error(`the editor takes ${least} to ${most} for ${name}`);
    return `"${valueName}"=${dword(value)}`;
  }
  if (kind === 'text') {
    const text = String(value);
    if (text.length > Number(attribute(words, 'maxLength'))) throw new Error(`${name} is too long for the editor`);
    return `"${valueName}"="${text.replaceAll(/[\\"]/g, (sign) => `\\${sign}`)}"`;
  }
  throw new Error(`${name} takes no ${typeof value}`);
}

function attribute(words: string, name: string): string {
  const found = new RegExp(`${name}="([^"]*)"`).exec(words)?.[1];
  if (found === undefined) throw new Error(`the template names no ${name}`);
  return found;
}

function dword(value: number): string {
  return `dword:${value.toString(16).padStart(8, '0')}`;
}
