/**
 * Waits for something that calls back, or for the signal. `begin` starts it with a function that settles the wait, and
 * answers how to stop it; it is stopped in every case.
 * @throws the signal's reason, when it is aborted first
 */
export function waitFor<T>(
  signal: AbortSignal,
  begin: (settle: (value: T) => void, fail: (cause: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let stop = (): void => {};
    let isOver = false;
    const end = (): void => {
      isOver = true;
      signal.removeEventListener('abort', onAbort);
      stop();
    };
    const onAbort = (): void => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    stop = begin(
      (value) => {
        if (isOver) return;
        end();
        resolve(value);
      },
      (cause) => {
        if (isOver) return;
        end();
        reject(cause);
      },
    );
    // Something that settled while it began could not be stopped yet.
    if (isOver) stop();
  });
}
