import { createHash } from 'node:crypto';
import type { GroundsRecord } from '../../contract/grounds.ts';
import type { Randomness } from '../platform.ts';
import { Refusal } from '../refusal.ts';

/** Permission to open the scanner for one check, as long as its grounds stand unaltered. */
export interface Grant {
  readonly grantId: string;
  readonly checkId: string;
}

/**
 * SHA-256 over the record in canonical form (keys in order). It serves to notice an alteration; it covers what the
 * officer wrote and nothing of a print.
 */
export function groundsDigest(record: GroundsRecord): string {
  return createHash('sha256').update(canonical(record)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Issues grants and answers whether one still stands. Grants live in memory only: none survives the process. */
export interface GrantBook {
  issue(checkId: string, grounds: GroundsRecord): Grant;
  /**
   * The grant, if it was issued for this check, has not ended, and the grounds are the ones for which it was issued.
   * @throws Refusal `grant.none`, `grant.ended`, `grounds.altered`
   */
  require(grantId: string, checkId: string, groundsNow: GroundsRecord | null): Grant;
  end(checkId: string): void;
}

/** Makes the grant book of one station. */
export function createGrantBook(randomness: Randomness): GrantBook {
  const standing = new Map<string, Grant & { readonly digest: string }>();
  const ended = new Set<string>();
  return {
    issue(checkId, grounds) {
      const grant = { grantId: randomness.uuid(), checkId, digest: groundsDigest(grounds) };
      standing.set(grant.grantId, grant);
      return grant;
    },
    require(grantId, checkId, groundsNow) {
      if (ended.has(grantId)) throw new Refusal('grant.ended');
      const grant = standing.get(grantId);
      if (grant === undefined || grant.checkId !== checkId) throw new Refusal('grant.none');
      if (groundsNow === null || groundsDigest(groundsNow) !== grant.digest) throw new Refusal('grounds.altered');
      return grant;
    },
    end(checkId) {
      for (const grant of standing.values()) {
        if (grant.checkId !== checkId) continue;
        standing.delete(grant.grantId);
        ended.add(grant.grantId);
      }
    },
  };
}
