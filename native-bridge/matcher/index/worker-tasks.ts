import type { GalleryFaultCode } from './gallery-fault.ts';
import { GalleryFault } from './gallery-fault.ts';
import type { ShardRow } from './gallery-header.ts';
import type { LoadedShard } from './gallery-reader.ts';
import type { GalleryFile } from './sealed-file.ts';
import { MatcherFault, type MatcherFaultCode } from '../matcher-fault.ts';
import type { PairFinding } from '../compare/capture-pair.ts';
import type { WorkWatch } from './work-watch.ts';
import type { ExtractionReport, FingerPosition, LentImage, ProbeFinger } from '../matcher.ts';

/** An open gallery as a worker sees it: shared memory, where each shard lies in it, and the file of the templates. */
export interface SharedGallery {
  /** Open in this process. */
  readonly file: GalleryFile;
  readonly slabs: readonly SharedArrayBuffer[];
  readonly shards: readonly LoadedShard[];
  readonly people: number;
}

/** One image to extract; the template goes into `into`. */
export interface ExtractTask {
  readonly control: SharedArrayBuffer;
  readonly image: LentImage;
  readonly into: SharedArrayBuffer;
}

/** A gallery's shards to read and check, shared out by `control`. */
export interface LoadTask {
  readonly control: SharedArrayBuffer;
  readonly file: GalleryFile;
  readonly rows: readonly ShardRow[];
  readonly shards: readonly LoadedShard[];
  readonly slabs: readonly SharedArrayBuffer[];
}

/** A gallery to vote on, shared out by `control`. */
export interface VoteTask {
  readonly control: SharedArrayBuffer;
  readonly gallery: SharedGallery;
  readonly fingers: readonly ProbeFinger[];
  /** One u16 a person: written by whoever takes the person. */
  readonly votes: SharedArrayBuffer;
}

/** People to verify, shared out by `control`. */
export interface VerifyTask extends VoteTask {
  /** One u32 a person, ascending; `votes` has one u16 for each. */
  readonly people: SharedArrayBuffer;
}

/** People to compare in full, shared out by `control`. */
export interface CompareTask {
  readonly control: SharedArrayBuffer;
  readonly gallery: SharedGallery;
  readonly fingers: readonly ProbeFinger[];
  /** One u32 a person, ascending; without it everybody is compared. */
  readonly people?: SharedArrayBuffer;
  /** One f64 for each person compared; NaN where no finger could be compared. */
  readonly scores: SharedArrayBuffer;
}

/** The two captures of one check, to be compared with each other. */
export interface PairTask {
  readonly first: ProbeFinger;
  readonly second: ProbeFinger;
  readonly control: SharedArrayBuffer;
}

/** One person to make up. */
export interface SyntheticPerson {
  readonly reference: string;
  readonly seed: number;
}

/** Fingers to synthesise, photograph and extract, shared out by `control`. */
export interface SynthesisTask {
  readonly control: SharedArrayBuffer;
  /** The seed of the whole population; a person is told apart by its own. */
  readonly runSeed: number;
  readonly seeds: readonly number[];
  readonly positions: readonly FingerPosition[];
}

/** People to index as shards of a gallery, shared out by `control`: bytes of the form of `people-stream.ts`. */
export interface IndexTask {
  readonly control: SharedArrayBuffer;
  readonly people: SharedArrayBuffer;
  readonly bytes: number;
  /** Where the shard goes: room for `INDEXED_BATCH_FACTOR` times the people's bytes. */
  readonly into: SharedArrayBuffer;
}

/** The templates of one made-up person, by position. */
export interface SynthesisedPerson {
  readonly index: number;
  readonly fingers: readonly { readonly position: FingerPosition; readonly template: Uint8Array }[];
}

/** What each task answers. */
export interface TaskAnswers {
  readonly extract: ExtractionReport;
  readonly load: null;
  readonly vote: null;
  readonly verify: null;
  readonly compare: null;
  readonly pair: PairFinding['kind'];
  readonly synthesise: readonly SynthesisedPerson[];
  /** Bytes of the shard. */
  readonly index: number;
}

/** What each task takes. */
export interface TaskRequests {
  readonly extract: ExtractTask;
  readonly load: LoadTask;
  readonly vote: VoteTask;
  readonly verify: VerifyTask;
  readonly compare: CompareTask;
  readonly pair: PairTask;
  readonly synthesise: SynthesisTask;
  readonly index: IndexTask;
}

export type TaskName = keyof TaskRequests;

/** How a task ended. A fault crosses the thread as its code and figures: a class would lose its kind on the way. */
export type TaskOutcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | {
      readonly kind: 'matcher-fault';
      readonly code: MatcherFaultCode;
      readonly figures: Readonly<Record<string, number | string>>;
    }
  | {
      readonly kind: 'gallery-fault';
      readonly code: GalleryFaultCode;
      readonly figures: Readonly<Record<string, number | string>>;
    };

/** Runs tasks on every thread. */
export interface WorkerThreads extends AsyncDisposable {
  readonly threads: number;
  /**
   * Runs the requests side by side and waits for all of them to end, whatever happens: when this rejects, no worker
   * touches the caller's memory any more.
   * @throws MatcherFault, GalleryFault
   */
  run<Name extends TaskName>(
    name: Name,
    requests: readonly TaskRequests[Name][],
    watch: WorkWatch,
  ): Promise<readonly TaskAnswers[Name][]>;
}

/** Runs a task's work in its worker and turns a fault into a value. Anything else that is thrown passes. */
export async function settleTask<Answer>(work: () => Answer | Promise<Answer>): Promise<TaskOutcome<Answer>> {
  try {
    return { kind: 'answered', answer: await work() };
  } catch (fault) {
    if (fault instanceof MatcherFault) return { kind: 'matcher-fault', code: fault.code, figures: fault.figures };
    if (fault instanceof GalleryFault) return { kind: 'gallery-fault', code: fault.code, figures: fault.figures };
    throw fault;
  }
}
