/** Words of the memory through which a running task and its caller speak. */
const NEXT = 0;
const STOP = 1;
const DONE = 2;
const WORDS = 3;

/** How the tasks of one piece of work share it out, report it and are told to stop. One per piece of work. */
export interface TaskControl {
  readonly memory: SharedArrayBuffer;
  readonly isStopped: boolean;
  /** Units of work that ended. */
  readonly done: number;
  stop(): void;
  /** Takes the next unit of work; each is handed out once. */
  take(): number;
  /** Tells the caller that `units` more have ended. */
  report(units: number): void;
  /** Resolves when `done` is no longer `seen`. */
  changed(seen: number): Promise<void>;
}

/** Sees a control's memory, or makes a new one. */
export function createTaskControl(
  memory: SharedArrayBuffer = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT),
): TaskControl {
  const words = new Int32Array(memory);
  return {
    memory,
    get isStopped() {
      return Atomics.load(words, STOP) !== 0;
    },
    get done() {
      return Atomics.load(words, DONE);
    },
    stop() {
      Atomics.store(words, STOP, 1);
    },
    take() {
      return Atomics.add(words, NEXT, 1);
    },
    report(units) {
      Atomics.add(words, DONE, units);
      Atomics.notify(words, DONE);
    },
    async changed(seen) {
      const wait = Atomics.waitAsync(words, DONE, seen);
      if (wait.async) await wait.value;
    },
  };
}
