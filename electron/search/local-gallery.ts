import type { Candidate, MatcherPool, OpenGallery } from '../../native-bridge/matcher/matcher.ts';
import { MatcherFault } from '../../native-bridge/matcher/matcher-fault.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { IdentificationOutcome } from '../domain/identification/decide-answer.ts';
import type { DatabaseStatus, ProviderSearchOptions, SearchProbe, SearchProvider } from './search-provider.ts';
import type { SearchAnswer } from './search-answer.ts';

/** Candidates that one answer shows at most. Source: ours; a longer list invites guessing. */
const MAXIMUM_CANDIDATES = 5;

/** Turns scored candidates into an answer; the rule itself is the domain's. */
export type Decide = (
  candidates: readonly Candidate[],
  searched: { readonly people: number; readonly fingers: number },
) => IdentificationOutcome;

export interface LocalGalleryOptions {
  readonly database: DatabaseName;
  readonly matcher: MatcherPool;
  readonly decide: Decide;
  readonly now: () => number;
}

type GalleryState =
  | { readonly kind: 'preparing'; readonly preparedShare: number }
  | {
      readonly kind: 'ready';
      readonly gallery: OpenGallery;
      /** ISO 8601, UTC: from then on it is not searched; null where nobody set an end, in training. */
      readonly expiresAt: string | null;
    }
  | { readonly kind: 'unavailable'; readonly reason: 'gallery-missing' | 'gallery-damaged' | 'gallery-expired' };

/** A database that is a gallery on this station: an extract that an authority provided. */
export interface LocalGallery extends SearchProvider {
  /** Swaps what is searched; a search that runs goes on with what it began with. */
  become(state: GalleryState): void;
}

/** Makes the provider; it is `preparing` until `become` says otherwise. */
export function createLocalGallery(options: LocalGalleryOptions): LocalGallery {
  let state: GalleryState = { kind: 'preparing', preparedShare: 0 };

  /** The state now: what has expired is unavailable from that moment, whoever looks and whenever. */
  function present(): GalleryState {
    const isOver = state.kind === 'ready' && state.expiresAt !== null && options.now() >= Date.parse(state.expiresAt);
    return isOver ? { kind: 'unavailable', reason: 'gallery-expired' } : state;
  }

  async function searchReady(
    ready: Extract<GalleryState, { kind: 'ready' }>,
    probe: SearchProbe,
    search: ProviderSearchOptions,
  ): Promise<SearchAnswer> {
    const startedAt = options.now();
    search.onProgress({ state: 'searching', searchedShare: 0 });
    const candidates = await options.matcher.search(ready.gallery, probe.fingers, {
      signal: search.signal,
      deadlineMs: search.deadlineMs,
      maximumCandidates: MAXIMUM_CANDIDATES,
      onProgress: (searchedShare) => search.onProgress({ state: 'searching', searchedShare }),
    });
    const searched = {
      origin: ready.gallery.provenance.origin,
      galleryDate: ready.gallery.provenance.createdAt,
      people: ready.gallery.people,
      startedAt: new Date(startedAt).toISOString(),
      answeredAt: new Date(options.now()).toISOString(),
    };
    const decision = options.decide(candidates, {
      people: ready.gallery.people,
      fingers: probe.fingers.length,
    });
    if (decision.kind === 'no-match') return { kind: 'no-match', searched };
    return { ...decision, searched };
  }

  return {
    database: options.database,
    become(next) {
      state = next;
    },
    status(): DatabaseStatus {
      const now = present();
      if (now.kind !== 'ready') return now;
      const { people, provenance } = now.gallery;
      return { kind: 'ready', origin: provenance.origin, galleryDate: provenance.createdAt, people };
    },
    async search(probe, search) {
      search.signal.throwIfAborted();
      const now = present();
      if (now.kind === 'preparing') return { kind: 'unavailable', reason: 'gallery-missing' };
      if (now.kind === 'unavailable') return { kind: 'unavailable', reason: now.reason };
      if (probe.fingers.length === 0) return { kind: 'unusable', reason: 'too-few-minutiae' };
      try {
        return await searchReady(now, probe, search);
      } catch (error) {
        if (search.signal.aborted) throw error;
        if (error instanceof MatcherFault && error.code === 'matcher.deadline') {
          return { kind: 'timed-out', afterMs: search.deadlineMs };
        }
        if (error instanceof MatcherFault) return { kind: 'unavailable', reason: 'matcher-failed' };
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      state = { kind: 'unavailable', reason: 'gallery-missing' };
    },
  };
}
