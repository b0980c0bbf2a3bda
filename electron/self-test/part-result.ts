/** What one part of the self-test found. `absent` is no fault: there is nothing there to be tested. */
export type PartResult =
  | { readonly kind: 'sound'; readonly figures: Readonly<Record<string, number | string>> }
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'broken'; readonly code: string; readonly figures: Readonly<Record<string, number | string>> };

/** What was thrown, as a result: the code and figures of a typed fault, the name of any other; never its message. */
export function broken(fault: unknown): PartResult {
  const code = property(fault, 'code');
  const figures = property(fault, 'figures');
  const name = fault instanceof Error ? fault.name : 'unknown';
  return { kind: 'broken', code: typeof code === 'string' ? code : name, figures: isFigures(figures) ? figures : {} };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isFigures(value: unknown): value is Readonly<Record<string, number | string>> {
  const isPlain = typeof value === 'object' && value !== null;
  return isPlain && Object.values(value).every((figure) => typeof figure === 'number' || typeof figure === 'string');
}
