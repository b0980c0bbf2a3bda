import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]).default('not stated'),
});

/** Names of files in which packages keep the text of their licence. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
const RULE = '='.repeat(78);

/** One part of somebody else's that is in a package. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** The packages in these folders, each once, by name and version. */
export async function thirdParties(folders: readonly string[]): Promise<readonly ThirdParty[]> {
  const found = await Promise.all([...new Set(folders)].map(readPackage));
  const byName = new Map(found.map((party) => [`${party.name}@${party.version}`, party]));
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, party]) => party);
}

/** All of them as one text, for whoever is given the package. */
export function licenceText(parties: readonly ThirdParty[]): string {
  return parties
    .map(({ name, version, licence, text }) => `${RULE}\n${name} ${version} (${licence})\n${RULE}\n\n${text.trim()}\n`)
    .join('\n');
}

/** The list of parts in the form of CycloneDX 1.6: name, version, address in the registry, licence. */
export function billOfMaterials(product: { name: string; version: string }, parties: readonly ThirdParty[]): object {
  const purl = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': product.name, ...product } },
    components: parties.map(({ name, version, licence }) => ({
      type: 'library',
      'bom-ref': purl(name, version),
      name,
      version,
      purl: purl(name, version),
      licenses: [/ (OR|AND|WITH) /.test(licence) ? { expression: licence } : { license: { name: licence } }],
    })),
  };
}

/** Packages that the sources of a folder import by name, in scripts, components and style sheets. */
export async function importedPackages(folder: string, known: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!/\.(ts|vue|scss)$/.test(entry.name)) continue;
    const code = await readFile(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, specifier = ''] of code.matchAll(/["'](?:pkg:|node_modules\/)?([@\w][^"'\s]*)["']/g)) {
      for (const name of known) if (specifier === name || specifier.startsWith(`${name}/`)) found.add(name);
    }
  }
  return [...found].toSorted();
}

/** The innermost package that a file lies in; null for a file of the project's own. */
export function packageFolderOf(file: string): string | null {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  const length = parts[at + 1]?.startsWith('@') === true ? 3 : 2;
  return parts.slice(0, at + length).join(path.sep);
}

async function readPackage(folder: string): Promise<ThirdParty> {
  const { name, version, license } = manifest.parse(
    JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
  );
  const names = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).toSorted();
  const texts: string[] = [];
  for (const file of names) {
    if ((await stat(path.join(folder, file))).isFile()) texts.push(await readFile(path.join(folder, file), 'utf8'));
  }
  const text =
    texts.length === 0 ? `The package holds no text of its licence; it states ${license}.` : texts.join('\n');
  return { name, version, licence: license, text };
}
