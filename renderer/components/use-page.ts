import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';

/** Keeps the document's title the page's own; it is what a screen reader says first. */
export function usePageTitle(
  title: MaybeRefOrGetter<string>,
  hasProblems?: MaybeRefOrGetter<boolean>,
  errorPrefix = '',
): void {
  watchEffect(() => {
    const isWrong = hasProblems !== undefined && toValue(hasProblems);
    document.title = `${isWrong ? errorPrefix : ''}${toValue(title)} – Ridgeway`;
  });
}
