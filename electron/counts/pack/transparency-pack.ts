import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decideRelease, decideReleaseInSteps } from '../../domain/counts/disclosure/release.ts';
import type { Release, ReleaseDecision, ReleaseRequest } from '../../domain/counts/disclosure/release.ts';
import { LEAST_DOUBT } from '../../domain/counts/disclosure/parameters.ts';
import { isClosed, isMonth, monthOf, monthsBetween } from '../../domain/counts/month.ts';
import type { Month } from '../../domain/counts/month.ts';
import { CountsFault } from '../counts-fault.ts';
import { tableCsv } from './csv.ts';
import { openDocument, tableSheet } from './open-document.ts';
import { packPage } from './page.ts';
import type { PackSource } from './pack-source.ts';
import { runInTurns } from './run-in-turns.ts';
import { packTables } from './pack-tables.ts';
import { dictionaryCsv, draftAnswer, heldMonthsCsv, reasonsCsv, suppressionNote } from './pack-texts.ts';
import { monthWords } from './words.ts';

/** Most months of one publication: fifty years. */
const MOST_MONTHS = 600;

export interface PackRequest {
  readonly from: Month;
  readonly to: Month;
  readonly publisher: string;
  readonly threshold: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
}

/** One file of the pack. */
export interface PackFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** The files of a publication and the release that must be kept once they are handed over. */
export interface Pack {
  readonly files: readonly PackFile[];
  readonly release: Release;
  readonly decision: ReleaseDecision;
}

/**
 * Makes every file of a publication. Only closed months can be published, and nothing if an earlier release makes it unsafe.
 * @throws CountsFault `counts.period-refused`, `counts.release-unsafe`
 */
export function makePack(source: PackSource, request: PackRequest): Pack {
  return packOf(source, request, decideRelease(releaseRequest(source, request)));
}

/** The same without ever stopping the process for longer than a blink, for a station at which someone works. @throws as `makePack` */
export async function makePackInTurns(source: PackSource, request: PackRequest): Promise<Pack> {
  return packOf(source, request, await runInTurns(decideReleaseInSteps(releaseRequest(source, request))));
}

function releaseRequest(source: PackSource, { from, to, threshold, nowMs }: PackRequest): ReleaseRequest {
  const isInOrder = isMonth(from) && isMonth(to) && from <= to && isClosed(to, nowMs);
  if (!isInOrder || monthsBetween(from, to).length > MOST_MONTHS) {
    throw new CountsFault('counts.period-refused', { from, to, lastClosedBefore: monthOf(nowMs) });
  }
  return { from, to, counts: source.counts, earlier: source.earlier, threshold, doubt: LEAST_DOUBT };
}

function packOf(source: PackSource, request: PackRequest, decision: ReleaseDecision): Pack {
  const { from, to, threshold } = request;
  if (decision.unprotected > 0) throw new CountsFault('counts.release-unsafe', { cells: decision.unprotected });
  const tables = packTables(decision);
  const madeOn = new Date(request.nowMs).toISOString().slice(0, 10);
  const notes = source.missing
    .filter(({ month }) => month >= from && month <= to)
    .map(
      ({ month, stations }) => `${monthWords(month)}: ${stations} of the stations had not reported when this was made.`,
    );
  const facts = { publisher: request.publisher, from, to, threshold, madeOn, notes };
  const files: PackFile[] = [
    { path: 'index.html', content: packPage(tables, facts) },
    { path: 'tables.ods', content: openDocument(tables.map(tableSheet)) },
    ...tables.map((table) => ({ path: `${table.id}.csv`, content: tableCsv(table) })),
    { path: 'data-dictionary.csv', content: dictionaryCsv(tables) },
    { path: 'suppression-note.md', content: suppressionNote(decision, notes) },
    { path: 'draft-answer.md', content: draftAnswer(decision, request.publisher, source.inUseSince, madeOn) },
    { path: 'not-for-publication/suppression-reasons.csv', content: reasonsCsv(decision) },
    { path: 'not-for-publication/held-months.csv', content: heldMonthsCsv(decision) },
  ];
  return { files, release: decision.release, decision };
}

/** Makes the folder, or takes it if it is empty. @throws CountsFault `counts.folder-not-empty` */
export async function takeEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  if (present.length > 0) throw new CountsFault('counts.folder-not-empty', { files: present.length });
}

/** Writes the files into a folder that was taken for them; a file that is there is never overwritten. */
export async function writePack(files: readonly PackFile[], folder: string): Promise<void> {
  await mkdir(join(folder, 'not-for-publication'));
  for (const { path, content } of files) await writeFile(join(folder, path), content, { flag: 'wx' });
}
