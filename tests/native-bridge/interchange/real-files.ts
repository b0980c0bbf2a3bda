import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';

/** The real interchange files, beside the project. */
export const REAL_FILES = path.resolve(import.meta.dirname, '../../../../shared/data/interchange');

/** Whether tests that compare with the real files are skipped: without the files, and not under CI, where they fail. */
export const LACKS_REAL_FILES = !existsSync(REAL_FILES) && !process.env['CI'];

/** What the name of a skipped group ends with. */
export const WHY_SKIPPED = LACKS_REAL_FILES ? ' (skipped: ../shared/data/interchange is missing)' : '';

/** @throws Error that says what is missing */
function requireRealFiles(): void {
  if (!existsSync(REAL_FILES)) {
    throw new Error('../shared/data/interchange is missing: this test compares with the real files in it');
  }
}

/** Names in a folder of the real files, by ending, sorted. */
export function realNames(folder: string, ending: string): string[] {
  requireRealFiles();
  const names = readdirSync(path.join(REAL_FILES, folder)).filter((name) => name.endsWith(ending));
  return names.toSorted();
}

export function readReal(name: string): Uint8Array {
  requireRealFiles();
  return readFileSync(path.join(REAL_FILES, name));
}

export function readRealText(name: string): string {
  requireRealFiles();
  return readFileSync(path.join(REAL_FILES, name), 'utf8');
}

/** The grey levels of a PNG among the real files; a PNG with equal colours is taken by its first channel. */
export function readRealPng(name: string): { widthPx: number; heightPx: number; pixels: Uint8Array } {
  const { width, height, data, channels } = decode(readReal(name));
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => data[at * channels] ?? 0);
  return { widthPx: width, heightPx: height, pixels };
}

/** A binary PGM among the real files, as a 500 ppi image. */
export function readRealPgm(name: string): GreyImage {
  const bytes = readReal(name);
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (!head) throw new Error(`${name} is no binary PGM`);
  const [text, width, height] = head;
  return { widthPx: Number(width), heightPx: Number(height), resolutionPpi: 500, pixels: bytes.subarray(text.length) };
}

/** How many grey levels differ, and by how much at most. */
export function compareLevels(a: Uint8Array, b: Uint8Array): { differing: number; most: number } {
  let differing = 0;
  let most = a.length === b.length ? 0 : 256;
  a.forEach((level, at) => {
    const distance = Math.abs(level - (b[at] ?? -256));
    if (distance > 0) differing += 1;
    most = Math.max(most, distance);
  });
  return { differing, most };
}

/** Peak signal-to-noise ratio, decibels. */
export function psnrDb(a: Uint8Array, b: Uint8Array): number {
  let squares = 0;
  a.forEach((level, at) => {
    squares += (level - (b[at] ?? 0)) ** 2;
  });
  return 10 * Math.log10((255 * 255 * a.length) / squares);
}
