import type { CheckView, DatabaseName, ErasureReason } from '../../contract/checks.ts';

type SearchState = Extract<CheckView, { stage: 'searching' }>['databases'][DatabaseName]['state'];

/** What decides whether the prints of one check must be destroyed now. */
export interface HeldPrints {
  /** How the check is being left, or null while it is not. */
  readonly wayOut: ErasureReason | null;
  /** Each database's search, or null before the search began. `answered` is the only terminal state. */
  readonly databases: Readonly<Record<DatabaseName, SearchState>> | null;
  /** When the check's time to live ends, milliseconds since 1970-01-01 UTC. */
  readonly expiresAtMs: number;
}

/**
 * Why the prints must be destroyed at `nowMs`, or null while a search can still lawfully end.
 *
 * PACE 1984 s63D with s63Q [T]: "any copies of the fingerprints held by the police must also be destroyed"; no power of
 * retention fits prints taken under s61(6A). The practice that binds this product: they are deleted once the search
 * against *both* systems has been completed, so one answer alone is too early, and one that never comes is bounded by the
 * time to live.
 */
export function erasureDue({ wayOut, databases, expiresAtMs }: HeldPrints, nowMs: number): ErasureReason | null {
  if (wayOut !== null) return wayOut;
  if (databases?.police === 'answered' && databases.immigration === 'answered') return 'answers-complete';
  // Written so that a time that is not a number counts as spent: what cannot be proved lawful is destroyed.
  return nowMs < expiresAtMs ? null : 'time-spent';
}

/** True when the prints must be destroyed now; `erasureDue` says why. */
export function isErasureDue(held: HeldPrints, nowMs: number): boolean {
  return erasureDue(held, nowMs) !== null;
}
