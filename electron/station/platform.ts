import type { FingerPosition, MatcherPool } from '../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { ImportedProfiles } from '../../native-bridge/scanner/imported-profiles.ts';
import type { ScannerSource } from '../../native-bridge/scanner/scanner.ts';
import type { PlugEvents } from '../../native-bridge/scanner/scanner-watch.ts';

/** Time as a parameter: the station never reads the system's clock itself. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Calls back once after `delayMs`; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Randomness as a parameter. */
export interface Randomness {
  uuid(): string;
  bytes(count: number): Uint8Array<ArrayBuffer>;
}

/** One line of the technical log: codes and figures only. */
export interface TechnicalLog {
  note(code: string, figures?: Readonly<Record<string, number | string>>): void;
  fault(code: string, cause: unknown): void;
}

/** What happens to the computer and ends every check. */
export type PlatformEvent = 'screen-locked' | 'suspending' | 'shutting-down';

/** Everything that differs between the Electron host, the loopback host and a test. */
export interface Platform {
  readonly version: string;
  readonly folders: {
    readonly data: string;
    readonly logs: string;
  };
  /**
   * Machine policy, already read from its place, not yet validated; null when there is none, and a ConfigFault where one
   * could not be read.
   */
  readonly machinePolicy: unknown;
  /** The settings file, in the same manner; absent where the host has no place for one. */
  readonly settingsFile?: unknown;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: TechnicalLog;
  /** Seals a short secret for this computer and user (safeStorage, or a key file elsewhere). */
  seal(secret: Uint8Array): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<Uint8Array>;
  /** Subscribes; the answer unsubscribes. */
  onEvent(listener: (event: PlatformEvent) => void): () => void;
  readonly fetch: typeof globalThis.fetch;
}

/** Where the gallery of each database lies. */
export type GalleryPaths = Readonly<Record<DatabaseName, string>>;

/** Makes galleries of people who do not exist, for a training station that has none. */
export interface TrainingGalleries {
  build(paths: GalleryPaths, onProgress: (builtShare: number) => void, signal: AbortSignal): Promise<void>;
}

/** Told which finger is asked of whom, so that a simulated detainee can put the right one on the glass. */
export interface TrainingHand {
  expect(checkReference: string, position: FingerPosition): void;
}

/** The devices and workers that a station uses. They are made by the host, so that a test can give its own. */
export interface Devices {
  readonly scanners: ScannerSource;
  /** What the system says when something is plugged in or out; absent or null where it says nothing. */
  readonly plugEvents?: PlugEvents | null;
  /** Where the sources look for profiles that an administrator imported; absent where they take none. */
  readonly importedProfiles?: ImportedProfiles;
  /** True where udev gives the permission to open a device (Linux). */
  readonly hasUdev?: boolean;
  readonly matcher: MatcherPool;
  /** Null on a station that only uses what an authority provided. */
  readonly trainingGalleries: TrainingGalleries | null;
  /** Faults that the simulated scanner shows on purpose; absent where there are none. */
  readonly trainingFaults?: readonly string[];
  /** Null where fingers are real, or come from a folder. */
  readonly trainingHand: TrainingHand | null;
}
