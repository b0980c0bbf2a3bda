import type { UnusableReason } from '../image/unusable-reason.ts';

/** Finger positions of ANSI/NIST-ITL 1-2011 table 12: 1 right thumb … 6 left thumb … 10 left little. */
export type FingerPosition = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A fingerprint lent to the matcher: bytes that stay the lender's. */
export interface LentImage {
  readonly pixels: SharedArrayBuffer;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
}

/** What extraction said. The template itself is in the memory that the caller gave. */
export type ExtractionReport =
  | {
      readonly kind: 'extracted';
      /** Bytes of `into` that hold the template, from offset 0. */
      readonly templateBytes: number;
      readonly minutiae: number;
      /** 0–100, higher is better. */
      readonly quality: number;
    }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason };

/** One finger of the person who is being searched. */
export interface ProbeFinger {
  readonly position: FingerPosition;
  readonly template: SharedArrayBuffer;
  readonly templateBytes: number;
}

/** What is odd about the two captures of one check; `perhaps-swapped` is advice to look, no more. */
export type PairVerdict = 'nothing' | 'same-finger' | 'perhaps-swapped';

/** One person of a gallery, most alike first. */
export interface Candidate {
  /** The authority's reference of the record. */
  readonly reference: string;
  /** Fused over the fingers; −log10 of the estimated false match rate of one comparison (3 means 1 in 1,000). */
  readonly score: number;
}

/** Which extract a gallery is: what an officer is told after a "no match". */
export interface GalleryProvenance {
  /** The database that it is an extract of. */
  readonly databaseLabel: string;
  /** The authority that provided it. */
  readonly origin: string;
  /** When the extract was made: ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A gallery in shared memory, ready to be searched by every worker. */
export interface OpenGallery {
  readonly provenance: GalleryProvenance;
  readonly people: number;
  readonly fingers: number;
}

/** A sealed gallery on the disk: a preamble that its owner reads, and from `bodyAt` a body that only `key` opens. */
export interface SealedGalleryPath {
  readonly filePath: string;
  readonly bodyAt: number;
  readonly seal: {
    /** 32 bytes; zeroed when the gallery is no longer used. */
    readonly key: SharedArrayBuffer;
    /** Authenticated with every part of the body. */
    readonly context: Uint8Array;
  };
}

/** One shard of a gallery that is being prepared, in memory that is used again once it was given back, zeroed. */
export interface IndexedShard {
  readonly bytes: Uint8Array;
  giveBack(): void;
}

/** Threads of their own that prepare people for a gallery, so that searches go on beside them. */
export interface GalleryIndexer extends AsyncDisposable {
  readonly threads: number;
  /**
   * Makes one shard of at most 4,096 people, in the form of `index/people-stream.ts`.
   * @throws GalleryFault `gallery.person-invalid`; MatcherFault
   */
  index(people: SharedArrayBuffer, bytes: number, signal: AbortSignal): Promise<IndexedShard>;
}

export interface SearchOptions {
  readonly signal: AbortSignal;
  /** Counted from the call. */
  readonly deadlineMs: number;
  readonly maximumCandidates: number;
  /** True: compare with everybody in full. False: the cascade. */
  readonly exhaustive?: boolean;
  readonly onProgress?: (searchedShare: number) => void;
}

/** A pool of workers that extracts and searches. Its workers clear their scratch memory after each task. */
export interface MatcherPool extends AsyncDisposable {
  /** `into` takes at most `MAXIMUM_TEMPLATE_BYTES` (parameters.ts). @throws MatcherFault `matcher.worker-crashed`, `matcher.deadline`, `matcher.cancelled` */
  extract(image: LentImage, into: SharedArrayBuffer, signal: AbortSignal): Promise<ExtractionReport>;
  /** Whether the two captures of one check are of one finger, or look exchanged. @throws MatcherFault as `extract` */
  examinePair(first: ProbeFinger, second: ProbeFinger, signal: AbortSignal): Promise<PairVerdict>;
  /** Reads and checks a gallery file. @throws GalleryFault `gallery.not-a-gallery`, `gallery.truncated`, `gallery.checksum`, `gallery.too-large`, `gallery.version` */
  openGallery(place: string | SealedGalleryPath, signal: AbortSignal): Promise<OpenGallery>;
  /** Starts threads that prepare a gallery; whoever asked ends them. */
  startIndexing(threads: number): GalleryIndexer;
  search(gallery: OpenGallery, fingers: readonly ProbeFinger[], options: SearchOptions): Promise<readonly Candidate[]>;
}
