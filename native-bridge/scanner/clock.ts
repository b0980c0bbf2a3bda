/** Time as a parameter of the driver. A station's own clock fits it. */
export interface ScannerClock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Calls back once after `delayMs`; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The computer's own clock. It never runs backwards, because a transfer's pace is measured with it. */
export const systemClock: ScannerClock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
