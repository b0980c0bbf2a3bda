/**
 * Words of what may never be recorded: nationality, gender, visa status, and what happened to the person afterwards
 * (domain.md §1). Names are judged word by word, so that `recordableArrest`, which is before the check, is none of them.
 */
const FORBIDDEN = new Set(
  [
    'nationality nationalities nationalitycode citizenship citizen country birthplace',
    'gender sex',
    'visa passport leave asylum',
    'arrested detained detention deported deportation removal charged charge convicted',
    'aftermath afterwards outcome disposal consequence followup',
  ].flatMap((words) => words.split(' ')),
);

/** True when a field or column, in camel case or with underscores, names something that may never be recorded. */
export function isForbiddenName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => FORBIDDEN.has(word));
}
