/**
 * `npm run dist:compare`: takes the commit that is checked out to two places of different names and depths, rehearses its
 * packaging for Linux in each, and compares the archive and the deb byte for byte. With `--here FILE` the JSON line of a
 * rehearsal of this very checkout stands for one of the two. Ends with one JSON line, and with 1 when anything differs.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
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
/** Asked once: somebody may commit between the two. */
const commit = (await run('git', ['rev-parse', 'HEAD'], { cwd: PROJECT })).stdout.trim();
const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-compared-'));
try {
  const other = await rehearse(path.join(folder, 'a place of another length', 'checkout'));
  const own = values.here === undefined ? await rehearse(path.join(folder, 'b')) : await read(values.here);
  const compared = compare(own, other);
  const isSame = compared.length > 0 && compared.every(({ isSame }) => isSame) && own.isSound && other.isSound;
  console.log(JSON.stringify({ isSame, commit, compared }));
  process.exitCode = isSame ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The commit that is checked out, with this checkout's installed packages. */
async function checkOut(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const archive = path.join(folder, 'commit.tar');
  await run('git', ['archive', '--output', archive, commit], { cwd: PROJECT });
  await run('tar', ['-x', '-f', archive, '-C', into]);
  await symlink(path.join(PROJECT, 'node_modules'), path.join(into, 'node_modules'));
}

async function rehearse(checkout: string): Promise<Rehearsal> {
  await checkOut(checkout);
  const options = { cwd: checkout, maxBuffer: 64 * 1024 * 1024 };
  await run(process.execPath, ['build/build-wasm.ts'], options);
  await run(process.execPath, ['build/packaging/rehearse.ts', '--linux'], options);
  return read(path.join(checkout, REHEARSAL));
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
