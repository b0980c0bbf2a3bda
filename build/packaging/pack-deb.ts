#!/usr/bin/env node
/**
 * Stands where electron-builder calls `fpm`, which it would fetch: takes the same words for a deb and builds it with
 * dpkg-deb alone. It knows the words that electron-builder 26 uses, and refuses any other.
 */
import { execFileSync } from 'node:child_process';
import { chmod, cp, lutimes, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true, default: [] },
    force: { type: 'boolean' },
    name: { type: 'string', default: '' },
    version: { type: 'string', default: '' },
    architecture: { type: 'string', default: '' },
    maintainer: { type: 'string', default: '' },
    vendor: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    license: { type: 'string', default: '' },
    category: { type: 'string', default: 'misc' },
    description: { type: 'string', default: '' },
    package: { type: 'string', default: '' },
    'after-install': { type: 'string', default: '' },
    'after-remove': { type: 'string', default: '' },
    'deb-priority': { type: 'string', default: 'optional' },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    'deb-compression': { type: 'string', default: 'xz' },
  },
});
if (values.t !== 'deb') throw new Error(`only debs are packed here, not ${values.t}`);

/** Seconds since 1970-01-01 UTC. Source: reproducible-builds.org, SOURCE_DATE_EPOCH. */
const EPOCH_S = Number(process.env['SOURCE_DATE_EPOCH'] ?? 0);
const root = await mkdtemp(path.join(tmpdir(), 'ridgeway-deb-'));
try {
  for (const pair of positionals) await place(pair);
  await mkdir(path.join(root, 'DEBIAN'));
  await writeFile(path.join(root, 'DEBIAN/control'), await control());
  await script('after-install', 'postinst');
  await script('after-remove', 'postrm');
  await makeModesPlain(root);
  const compression = `-Z${values['deb-compression']}`;
  execFileSync('dpkg-deb', ['--root-owner-group', compression, '--build', root, values.package], { stdio: 'inherit' });
} finally {
  await rm(root, { recursive: true, force: true });
}

/** `source=/destination`; a source that ends with `/` gives what is in it. */
async function place(pair: string): Promise<void> {
  const at = pair.lastIndexOf('=/');
  if (at < 0) throw new Error(`${pair} names no place in the package`);
  const destination = path.join(root, pair.slice(at + 1));
  await mkdir(path.dirname(destination), { recursive: true });
  await cp(pair.slice(0, at), destination, { recursive: true, verbatimSymlinks: true });
}

async function control(): Promise<string> {
  const [synopsis = '', ...further] = values.description.split('\n').map((line) => line.trim());
  const fields: readonly (readonly [string, string])[] = [
    ['Package', values.name],
    ['Version', values.version],
    ['Architecture', values.architecture],
    ['Maintainer', values.maintainer],
    ['Installed-Size', String(Math.ceil((await bytesIn(root)) / 1024))],
    ['Depends', values.d.join(', ')],
    ['Recommends', values['deb-recommends'].join(', ')],
    ['Section', values.category],
    ['Priority', values['deb-priority']],
    ['Homepage', values.url],
    ['Description', [synopsis, ...further.filter((line) => line !== '')].join('\n ')],
  ];
  return fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

async function script(given: 'after-install' | 'after-remove', name: string): Promise<void> {
  if (values[given] === '') return;
  await writeFile(path.join(root, 'DEBIAN', name), await readFile(values[given]), { mode: 0o755 });
}

/**
 * The same modes from every umask, and the same date on every file: programs stay programs, nothing is writable by others.
 * dpkg-deb only brings forward what is later than the date that it is given.
 */
async function makeModesPlain(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await makeModesPlain(file);
    else if (entry.isFile()) await chmod(file, ((await stat(file)).mode & 0o100) === 0 ? 0o644 : 0o755);
    await lutimes(file, EPOCH_S, EPOCH_S);
  }
  await lutimes(folder, EPOCH_S, EPOCH_S);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.filter((entry) => entry.isFile()).map((entry) => stat(path.join(entry.parentPath, entry.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}
