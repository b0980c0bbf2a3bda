import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packagesBehind } from '../../build/copy-packages.ts';
import {
  billOfMaterials,
  importedPackages,
  licenceText,
  packageFolderOf,
  thirdParties,
} from '../../build/third-party-licences.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-licences-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function install(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const at = path.join(folder, 'node_modules', name);
  await mkdir(at, { recursive: true });
  await writeFile(
    path.join(at, 'package.json'),
    JSON.stringify({ name: name.split('/node_modules/').at(-1), ...manifest }),
  );
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(at, file), text);
  return at;
}

test('everything behind a package is found: what it needs, what lies inside it, and what is there of the optional', async () => {
  const one = await install('one', {
    version: '1.0.0',
    dependencies: { two: '*', inner: '*' },
    optionalDependencies: { none: '*' },
  });
  const two = await install('two', { version: '2.0.0', dependencies: { one: '*' } });
  const inner = await install('one/node_modules/inner', { version: '3.0.0' });
  await install('unrelated', { version: '9.0.0' });

  expect((await packagesBehind(folder, ['one'])).toSorted()).toEqual([one, two, inner].toSorted());
});

test('what installs and compiles is not followed, and what is missing is told', async () => {
  const native = await install('native', { version: '1.0.0', dependencies: { 'node-gyp': '*' } });

  expect(await packagesBehind(folder, ['native'])).toEqual([native]);
  await expect(packagesBehind(folder, ['absent'])).rejects.toThrow('absent is needed');
});

test('the text of a licence is taken from the package; where there is none, that is said', async () => {
  const parties = await thirdParties([
    await install('with', { version: '1.0.0', license: 'MIT' }, { 'LICENSE.txt': 'Permission is granted' }),
    await install('without', { version: '2.0.0', license: { type: 'BSD' } }),
  ]);

  expect(parties.map(({ name, licence }) => [name, licence])).toEqual([
    ['with', 'MIT'],
    ['without', 'BSD'],
  ]);
  expect(licenceText(parties)).toContain('Permission is granted');
  expect(licenceText(parties)).toContain('holds no text of its licence; it states BSD');
});

test('a package is listed once for each version, with its address in the registry', async () => {
  const first = await install('@scope/part', { version: '1.0.0', license: 'MIT' });
  const second = await install('one/node_modules/@scope/part', { version: '2.0.0', license: '(MIT OR X11)' });

  const bill = billOfMaterials({ name: 'product', version: '0' }, await thirdParties([first, second, first]));

  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    components: [
      { purl: 'pkg:npm/%40scope/part@1.0.0', licenses: [{ license: { name: 'MIT' } }] },
      { purl: 'pkg:npm/%40scope/part@2.0.0', licenses: [{ expression: '(MIT OR X11)' }] },
    ],
  });
});

test.each([
  ['/p/node_modules/a/lib/x.js', '/p/node_modules/a'],
  ['/p/node_modules/@s/a/x.js', '/p/node_modules/@s/a'],
  ['/p/node_modules/a/node_modules/b/x.js', '/p/node_modules/a/node_modules/b'],
  ['/p/electron/x.ts', null],
])('%s belongs to %s', (file, parent) => {
  expect(packageFolderOf(file)).toBe(parent);
});

test('the packages of a page are those that its scripts, components and style sheets name', async () => {
  await writeFile(path.join(folder, 'a.ts'), "import { x } from 'one/sub';\nimport './two.ts';");
  await writeFile(path.join(folder, 'b.vue'), '<script>import y from "@scope/part";</script>');
  await writeFile(path.join(folder, 'c.scss'), "@use 'pkg:styles/all';");

  const known = ['one', 'two', '@scope/part', 'styles', 'oneself'];

  expect(await importedPackages(folder, known)).toEqual(['@scope/part', 'one', 'styles']);
});

test('the bill of materials keeps the schema that CycloneDX publishes, and one without a version does not', async () => {
  const installed = await install('@scope/part', { version: '1.0.0', license: '(MIT OR Apache-2.0)' });
  const plain = await install('plain', { version: '2.0.0', license: 'BSD-3-Clause' });
  const unstated = await install('unstated', { version: '3.0.0' });
  const bill = billOfMaterials(
    { name: 'product', version: '0.1.0' },
    await thirdParties([installed, plain, unstated, path.resolve(import.meta.dirname, '../../node_modules/electron')]),
  );
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

  expect(await validator.validate(JSON.stringify(bill))).toBeNull();
  expect(await validator.validate(JSON.stringify({ ...bill, version: 'one' }))).not.toBeNull();
  expect(bill).toMatchObject({ components: expect.arrayContaining([expect.objectContaining({ name: 'electron' })]) });
});
