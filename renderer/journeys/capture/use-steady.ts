import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';

/**
 * Follows a value that may change many times a second, and keeps each that it shows for at least `leastMs`: a word that
 * flickers cannot be read, and a screen reader would stumble over it. A change of `scope` is shown at once.
 */
export function useSteady<Value>(
  value: () => Value,
  scope: () => unknown,
  leastMs: number,
): Readonly<ShallowRef<Value>> {
  const shown = shallowRef(value());
  let shownAtMs = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    clearTimeout(timer);
    timer = undefined;
    if (shown.value === value()) return;
    shown.value = value();
    shownAtMs = performance.now();
  }

  watch([value, scope], (_, [, scopeBefore]) => {
    if (scope() !== scopeBefore) return show();
    timer ??= setTimeout(show, Math.max(0, shownAtMs + leastMs - performance.now()));
  });
  onBeforeUnmount(() => clearTimeout(timer));
  return shown;
}
