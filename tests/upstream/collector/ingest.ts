import type { Knex } from 'knex';
import { documentHash, signedDocument } from '../../../electron/counts/count-document.ts';
import type { CountDocument, SignedDocument } from '../../../electron/counts/count-document.ts';
import { isSignedBy } from '../../../electron/counts/station-key.ts';

/** What the collector did with a document. */
export type Ingestion =
  | { readonly kind: 'received'; readonly hash: string; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly reason: 'schema' | 'unknown-station' | 'signature' | 'idempotency-key' }
  | { readonly kind: 'revision-taken'; readonly taken: number };

interface StationRow {
  force: string;
  station: string;
  public_key: string;
}

/** Enrols a station by its public key (SPKI, hexadecimal). Enrolling again replaces the key. */
export async function enrol(
  connection: Knex,
  stations: readonly { readonly force: string; readonly station: string; readonly publicKey: string }[],
): Promise<void> {
  const rows = stations.map(({ force, station, publicKey }) => ({ force, station, public_key: publicKey }));
  for (let start = 0; start < rows.length; start += 500) {
    await connection<StationRow>('station')
      .insert(rows.slice(start, start + 500))
      .onConflict(['force', 'station'])
      .merge(['public_key']);
  }
}

/**
 * Takes one document: twice is as good as once, any order will do, the highest revision of a station's month stands, and
 * what the schema does not know is refused.
 */
export async function ingest(connection: Knex, body: unknown, idempotencyKey: string | null): Promise<Ingestion> {
  const parsed = signedDocument.safeParse(body);
  if (!parsed.success) return { kind: 'refused', reason: 'schema' };
  const signed = parsed.data;
  const { force, station } = signed.document;
  const hash = documentHash(signed.document);
  if (idempotencyKey !== hash) return { kind: 'refused', reason: 'idempotency-key' };
  const known = await connection<StationRow>('station').where({ force, station }).first();
  if (known === undefined) return { kind: 'refused', reason: 'unknown-station' };
  if (!isSignedBy(known.public_key, signed)) return { kind: 'refused', reason: 'signature' };
  return connection.transaction((transaction) => keep(transaction, signed, hash));
}

async function keep(transaction: Knex.Transaction, signed: SignedDocument, hash: string): Promise<Ingestion> {
  const { force, station, month, revision } = signed.document;
  const kept = await transaction('document')
    .insert({ force, station, month, revision, hash, signed: JSON.stringify(signed) })
    .onConflict(['force', 'station', 'month', 'revision'])
    .ignore()
    .returning('revision');
  if (kept.length === 0) {
    const other = await transaction('document')
      .where({ force, station, month, revision })
      .first<{ hash: string }>('hash');
    if (other?.hash === hash) return { kind: 'received', hash, isNew: false };
    const top = await transaction('document')
      .where({ force, station, month })
      .max<{ taken: number }[]>('revision as taken');
    return { kind: 'revision-taken', taken: top[0]?.taken ?? revision };
  }
  // The row of the month is locked by this statement until the end, so two revisions cannot both think they are newest.
  const newest = await transaction('newest')
    .insert({ force, station, month, revision })
    .onConflict(['force', 'station', 'month'])
    .merge(['revision'])
    .where('newest.revision', '<', revision)
    .returning('revision');
  if (newest.length > 0) await replaceCells(transaction, signed.document);
  await keepAnchors(transaction, signed.document);
  return { kind: 'received', hash, isNew: true };
}

async function replaceCells(transaction: Knex.Transaction, document: CountDocument): Promise<void> {
  const { force, station, month, cells } = document;
  if (document.revision > 1) await transaction('month_cell').where({ force, station, month }).delete();
  const rows = Object.entries(cells).map(([cell, total]) => ({ force, station, month, cell, total }));
  if (rows.length > 0) await transaction('month_cell').insert(rows);
}

async function keepAnchors(transaction: Knex.Transaction, document: CountDocument): Promise<void> {
  const { force, station, auditAnchors } = document;
  if (auditAnchors.length === 0) return;
  await transaction('anchor')
    .insert(auditAnchors.map(({ sequence, hash }) => ({ force, station, sequence, hash })))
    .onConflict()
    .ignore();
}
