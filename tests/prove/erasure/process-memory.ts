import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { type Hit, type NeedleIndex, WINDOW_BYTES } from './needle-index.ts';

/** Bytes of memory that are read at once. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** How far two chunks overlap, so that a run across their border lies whole in one of them. */
const OVERLAP_BYTES = 2 * WINDOW_BYTES;

/** One mapping of a process, as the kernel lists it. */
interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly name: string;
  readonly residentKib: number;
  readonly swappedKib: number;
}

const HEADING = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+\s*(.*)$/;

function mappingsOf(pid: number): Mapping[] {
  const mappings: { -readonly [Key in keyof Mapping]: Mapping[Key] }[] = [];
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'latin1').split('\n')) {
    const heading = HEADING.exec(line);
    if (heading !== null) {
      const [, start = '', end = '', permissions = '', name = ''] = heading;
      mappings.push({
        start: Number.parseInt(start, 16),
        end: Number.parseInt(end, 16),
        permissions,
        name,
        residentKib: 0,
        swappedKib: 0,
      });
      continue;
    }
    const last = mappings.at(-1);
    const [, key, kib] = /^(Rss|Swap):\s+(\d+) kB/.exec(line) ?? [];
    if (last === undefined || key === undefined) continue;
    if (key === 'Rss') last.residentKib = Number(kib);
    else last.swappedKib = Number(kib);
  }
  return mappings;
}

/**
 * Pages that hold something of their own: pages that were never touched are zero, and pages of a file that cannot be
 * written to through the mapping are the file's.
 */
function mayHoldAPrint({ name, permissions, residentKib, swappedKib }: Mapping): boolean {
  if (!permissions.startsWith('r') || residentKib + swappedKib === 0 || name === '[vvar]' || name === '[vsyscall]') {
    return false;
  }
  return permissions[1] === 'w' || !name.startsWith('/') || name.endsWith('(deleted)');
}

/** A hit, with the process and the mapping in which it was. */
export interface MemoryHit extends Hit {
  readonly pid: number;
  readonly process: string;
  readonly mapping: string;
}

/** What was read of some processes and found there. */
export interface MemoryFinding {
  readonly processes: number;
  readonly bytesRead: number;
  readonly hits: readonly MemoryHit[];
}

const chunk = new Uint8Array(new ArrayBuffer(CHUNK_BYTES));

/** Bytes of a page, and of its entry in `pagemap`. Source: Linux, Documentation/admin-guide/mm/pagemap.rst. */
const PAGE_BYTES = 4096;
const ENTRY_BYTES = 8;
/** The bits of an entry's last byte that say "in memory" and "in swap". */
const PRESENT_OR_SWAPPED = 0xc0;
const entries = new Uint8Array(new ArrayBuffer(1024 * 1024));

/** The parts of a mapping that were ever touched: the rest is zero, and may be very long. */
function* touchedRanges(
  pagemap: number,
  { start, end }: Mapping,
): Generator<{ readonly from: number; readonly to: number }> {
  let from = -1;
  const pagesAtOnce = entries.length / ENTRY_BYTES;
  for (let at = start; at < end; at += pagesAtOnce * PAGE_BYTES) {
    const wanted = Math.min(entries.length, ((end - at) / PAGE_BYTES) * ENTRY_BYTES);
    const pages = readSync(pagemap, entries, 0, wanted, (at / PAGE_BYTES) * ENTRY_BYTES) / ENTRY_BYTES;
    for (let page = 0; page < pages; page += 1) {
      const isTouched = (entries[page * ENTRY_BYTES + 7]! & PRESENT_OR_SWAPPED) !== 0;
      if (isTouched && from < 0) from = at + page * PAGE_BYTES;
      if (!isTouched && from >= 0) {
        yield { from, to: at + page * PAGE_BYTES };
        from = -1;
      }
    }
  }
  if (from >= 0) yield { from, to: end };
}

/** The processes that descend from `pid`, itself first. Processes that end meanwhile are left out. */
export function processTree(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name, which may hold anything, ends at the last bracket; state and parent follow it.
      const fields = readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      parents.set(Number(entry), Number(fields[1]));
    } catch {
      continue;
    }
  }
  const tree = [pid];
  for (const one of tree) for (const [child, parent] of parents) if (parent === one) tree.push(child);
  return tree;
}

function searchProcess(pid: number, index: NeedleIndex): { readonly bytesRead: number; readonly hits: MemoryHit[] } {
  const process = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').slice(0, 2).join(' ').slice(0, 80);
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  const hits: MemoryHit[] = [];
  let bytesRead = 0;
  try {
    for (const mapping of mappingsOf(pid).filter(mayHoldAPrint)) {
      for (const { from, to } of touchedRanges(pagemap, mapping)) {
        for (let at = from; at < to; at += CHUNK_BYTES - OVERLAP_BYTES) {
          let read = 0;
          try {
            read = readSync(memory, chunk, 0, Math.min(CHUNK_BYTES, to - at), at);
          } catch {
            // The process gave these pages back between the listing and now.
            break;
          }
          bytesRead += read;
          for (const hit of index.find(chunk, read)) {
            hits.push({ ...hit, pid, process, mapping: mapping.name, at: at + hit.at });
          }
        }
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
    chunk.fill(0);
  }
  return { bytesRead, hits };
}

/** Reads all memory of those processes that can hold anything of its own, and says where needles lie in it. */
export function searchMemory(pids: readonly number[], index: NeedleIndex): MemoryFinding {
  const hits: MemoryHit[] = [];
  let bytesRead = 0;
  let processes = 0;
  for (const pid of pids) {
    try {
      const found = searchProcess(pid, index);
      processes += 1;
      bytesRead += found.bytesRead;
      hits.push(...found.hits);
    } catch (error) {
      // A process that has ended has no memory; anything else must not pass for "nothing found".
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    }
  }
  return { processes, bytesRead, hits };
}
