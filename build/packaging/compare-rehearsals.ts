/**
 * `npm run dist:compare`: rehearses this commit's packaging for Linux in a copy of the sources that lies elsewhere, rehearses
 * it here, and compares the archive and the deb byte for byte. With `--here FILE` the JSON line of a rehearsal that has just
 * been made here is taken. Ends with one JSON line, and with 1 when anything differs.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const REHEARSAL = '.out/rehearsal/rehearsal.json';
const run = promisify(execFile);

const rehearsal = z.looseObject({
  isSound: z.boolean(),
  artefacts: z.array(z.strictObject({ file: z.string(), bytes: z.number(), sha256: z.string() })),
});
type Rehearsal = z.infer<typeof rehearsal>;

const { values } = parseArgs({ options: { here: { type: 'string' } } });
const there = await mkdtemp(path.join(tmpdir(), 'ridgeway-compared-'));
try {
  const elsewhere = path.join(there, 'of another length', 'checkout');
  await copySources(elsewhere);
  const other = await rehearse(elsewhere);
  const own = values.here === undefined ? await rehearse(PROJECT) : await read(values.here);
  const compared = compare(own, other);
  const isSame = compared.length > 0 && compared.every(({ isSame }) => isSame) && own.isSound && other.isSound;
  console.log(JSON.stringify({ isSame, compared }));
  process.exitCode = isSame ? 0 : 1;
} finally {
  await rm(there, { recursive: true, force: true });
}

/** Everything that git has or would take, with this checkout's installed packages. */
async function copySources(into: string): Promise<void> {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { stdout } = await run('git', words, { cwd: PROJECT, maxBuffer: 64 * 1024 * 1024 });
  for (const file of stdout.split('\0').filter((name) => name !== '')) {
    await mkdir(path.dirname(path.join(into, file)), { recursive: true });
    // A file that was removed and not yet committed is in the index still.
    await cp(path.join(PROJECT, file), path.join(into, file)).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'ENOENT') throw fault;
    });
  }
  await symlink(path.join(PROJECT, 'node_modules'), path.join(into, 'node_modules'));
}

async function rehearse(folder: string): Promise<Rehearsal> {
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  await run(process.execPath, ['build/build-wasm.ts'], options);
  await run(process.execPath, ['build/packaging/rehearse.ts', '--linux'], options);
  return read(path.join(folder, REHEARSAL));
}

async function read(file: string): Promise<Rehearsal> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return rehearsal.parse(JSON.parse(lines.at(-1) ?? ''));
}

/** What both made, and whether it is the same; what only one made is not. */
function compare(own: Rehearsal, other: Rehearsal): readonly { readonly file: string; readonly isSame: boolean }[] {
  const made = new Map(own.artefacts.map(({ file, sha256 }) => [file, sha256]));
  return other.artefacts.map(({ file, sha256 }) => ({ file, isSame: made.get(file) === sha256 }));
}
