const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, SVG and XML, in attributes too; control characters that XML forbids become spaces. */
export function escapeMarkup(text: string): string {
  return [...text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')]
    .map((character) => (character < ' ' && !'\t\n\r'.includes(character) ? ' ' : character))
    .join('');
}
