/** True when a text says something: the rules never take an empty box for a reason. */
export function isStated(text: string | null): text is string {
  return text !== null && text.trim() !== '';
}
