import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** One file that was made. */
export interface Artefact {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What is handed on; everything else in the folder is electron-builder's own. */
const HANDED_ON = /\.(deb|rpm|AppImage|msi|exe)$|^latest.*\.yml$/;
const CHECKSUMS = 'SHA256SUMS';

/** The packages in a folder with their checksums, which are also written beside them as `sha256sum` reads them. */
export async function listArtefacts(folder: string): Promise<readonly Artefact[]> {
  const names = (await readdir(folder)).filter((name) => HANDED_ON.test(name)).toSorted();
  const artefacts = await Promise.all(names.map((name) => describeFile(folder, name)));
  const lines = artefacts.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
  if (lines.length > 0) await writeFile(path.join(folder, CHECKSUMS), lines.join(''));
  return artefacts;
}

/** Size and checksum of one file; `file` is relative to the folder. */
export async function describeFile(folder: string, file: string): Promise<Artefact> {
  const content = await readFile(path.join(folder, file));
  return { file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
