import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getRawHeader } from '@electron/asar';
import { NtExecutable, NtExecutableResource } from 'resedit';

/** The resource that Electron reads on Windows. Source: electronjs.org, "ASAR Integrity". */
const RESOURCE_TYPE = 'INTEGRITY';
const RESOURCE_ID = 'ELECTRONASAR';

/** The hash of the archive's header that the executable holds, and the one that the archive has. */
export async function readAsarIntegrity(
  executable: string,
  asar: string,
): Promise<{ written: string; wanted: string }> {
  const resources = NtExecutableResource.from(NtExecutable.from(await readFile(executable), { ignoreCert: true }));
  const entry = resources.entries.find(({ type, id }) => isNamed(type, RESOURCE_TYPE) && isNamed(id, RESOURCE_ID));
  const written = entry === undefined ? 'none' : hashIn(Buffer.from(entry.bin).toString('utf8'));
  const wanted = createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');
  return { written, wanted };
}

function isNamed(name: string | number, wanted: string): boolean {
  return String(name).toUpperCase() === wanted;
}

/** The resource is a JSON list with one entry for each archive. */
function hashIn(json: string): string {
  return /"value":"([0-9a-f]{64})"/.exec(json)?.[1] ?? 'unreadable';
}
