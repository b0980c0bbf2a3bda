import type { AuditRow, AuditStore, CheckpointRow } from '../storage/audit-store.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { BEFORE_THE_FIRST, readRow } from './chain.ts';
import type { ChainedEvent, RowFault } from './chain.ts';
import { createLawfulnessCheck } from './lawfulness.ts';
import type { LawFault } from './lawfulness.ts';

/** A head of the chain that was kept elsewhere: with the counts upstream, or on paper. */
export interface Anchor {
  readonly sequence: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

export type LogFault = RowFault | LawFault | 'unreadable' | 'checkpoint' | 'anchor' | 'tail-cut';

/** What the log is found to be. `events` were read; the head is that of the last of them. */
export type Verification =
  | {
      readonly kind: 'whole';
      readonly events: number;
      readonly head: Anchor;
      readonly searches: number;
      readonly buffers: number;
      readonly openChecks: number;
      readonly anchorsMet: number;
    }
  | { readonly kind: 'broken'; readonly events: number; readonly firstBadSequence: number; readonly reason: LogFault };

export interface VerifyOptions {
  readonly anchors?: readonly Anchor[];
  /** Start after this trusted point instead of at the beginning; the law is then not checked. */
  readonly trusted?: Anchor;
  readonly onProgress?: (events: number) => void;
  readonly signal?: AbortSignal;
}

/** Rows that are read at once: a few megabytes. */
const ROWS_AT_ONCE = 10_000;

/** Reads the next rows; when the file cannot be read there, the number of the first row that cannot. */
async function readRows(
  store: AuditStore,
  after: number,
): Promise<readonly AuditRow[] | { readonly unreadable: number }> {
  try {
    return await store.after(after, ROWS_AT_ONCE);
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    let readable = after;
    for (;;) {
      // One row at a time, so that the row can be named at which the file cannot be read.
      const row = await store.after(readable, 1).catch(() => null);
      if (row === null || row[0] === undefined) return { unreadable: readable + 1 };
      readable = row[0].sequence;
    }
  }
}

function indexHeads(heads: readonly Anchor[]): Map<number, Set<string>> {
  const bySequence = new Map<number, Set<string>>();
  for (const { sequence, hash } of heads) {
    bySequence.set(sequence, (bySequence.get(sequence) ?? new Set()).add(hash));
  }
  return bySequence;
}

function differs(heads: ReadonlyMap<number, ReadonlySet<string>>, sequence: number, hash: string): boolean {
  const wanted = heads.get(sequence);
  return wanted !== undefined && (wanted.size > 1 || !wanted.has(hash));
}

/**
 * Reads the whole chain (or from a trusted point) and names the first row that does not fit: altered, removed, inserted,
 * swapped, unreadable, not what a checkpoint or an anchor says, or cut off at the tail; then whether every search had
 * grounds and every buffer exactly one receipt. Memory: one entry a buffer. Cost: about 6 s for a million events.
 */
export async function verifyLog(store: AuditStore, options: VerifyOptions = {}): Promise<Verification> {
  const anchors = indexHeads(options.anchors ?? []);
  const checkpoints = indexHeads((await checkpointsOf(store)).map(anchorOf));
  const law = createLawfulnessCheck();
  let head: Anchor = options.trusted ?? { sequence: 0, hash: BEFORE_THE_FIRST };
  let events = 0;
  const broken = (firstBadSequence: number, reason: LogFault): Verification => ({
    kind: 'broken',
    events,
    firstBadSequence,
    reason,
  });
  for (;;) {
    options.signal?.throwIfAborted();
    const rows = await readRows(store, head.sequence);
    if ('unreadable' in rows) return broken(rows.unreadable, 'unreadable');
    if (rows.length === 0) break;
    for (const row of rows) {
      const expected = head.sequence + 1;
      const read = readRow(row, expected, head.hash);
      if ('fault' in read) return broken(expected, read.fault);
      if (differs(checkpoints, expected, read.hash)) return broken(expected, 'checkpoint');
      if (differs(anchors, expected, read.hash)) return broken(expected, 'anchor');
      if (options.trusted === undefined) law.see(read.event);
      head = { sequence: expected, hash: read.hash };
      events += 1;
    }
    options.onProgress?.(events);
  }
  const beyond = [...checkpoints.keys(), ...anchors.keys()].filter((sequence) => sequence > head.sequence);
  if (beyond.length > 0) return broken(head.sequence + 1, 'tail-cut');
  const unlawful = law.findings()[0];
  if (unlawful !== undefined) return broken(unlawful.sequence, unlawful.reason);
  const { searches, buffers, openChecks } = law;
  return { kind: 'whole', events, head, searches, buffers, openChecks, anchorsMet: anchors.size };
}

async function checkpointsOf(store: AuditStore): Promise<readonly CheckpointRow[]> {
  return store.checkpoints().catch((error: unknown) => {
    if (error instanceof StorageFault) return [];
    throw error;
  });
}

/** A checkpoint in the form in which heads are compared and sent. */
export function anchorOf(row: CheckpointRow): Anchor {
  return { sequence: row.sequence, hash: row.hash.toString('hex') };
}

/** What the search of the log answers: events as they stand, newest first. */
export type FoundEvent = ChainedEvent;
