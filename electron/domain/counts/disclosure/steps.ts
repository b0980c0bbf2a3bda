/** Long work in short steps: whoever runs it decides whether to do something else between two of them. */
export type Steps<T> = Generator<void, T, void>;

/** Runs all steps at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
