import type { StationStatus } from '../contract/station.ts';

/** What every page shows, and who wants to know when it changes. */
export interface StatusBoard {
  status(): StationStatus;
  /** Tells every subscriber the present status. */
  announce(): void;
  subscribe(listener: (status: StationStatus) => void): () => void;
}

/** Makes the board over a function that reads the present status. */
export function createStatusBoard(status: () => StationStatus): StatusBoard {
  const listeners = new Set<(status: StationStatus) => void>();
  return {
    status,
    announce() {
      const present = status();
      for (const listener of listeners) listener(present);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
