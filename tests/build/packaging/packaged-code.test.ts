import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleApplication, type Bundle } from '../../../build/bundle-for-electron.ts';

const PROJECT = path.resolve(import.meta.dirname, '../../..');
const HOST = path.join(PROJECT, 'tests/packaging/packaged-host.ts');

describe('the application folder of the product', { timeout: 120_000 }, () => {
  let folder: string;
  let application: string;
  let bundle: Bundle;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-application-'));
    application = path.join(folder, 'application');
    bundle = await bundleApplication(PROJECT, {
      isTraining: false,
      platform: process.platform,
      architecture: process.arch,
    });
    await cp(bundle.folder, application, { recursive: true });
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  function runHost(...words: string[]): Promise<{ stdout: string }> {
    const args = [HOST, application, path.join(folder, 'data'), ...words];
    return promisify(execFile)(process.execPath, args, { timeout: 110_000 });
  }

  test('runs far from the project, and its station answers over the port of its preload', async () => {
    const { stdout } = await runHost();

    expect(JSON.parse(stdout)).toMatchObject({
      status: { isTraining: false, police: { kind: 'unavailable', reason: 'gallery-missing' } },
      role: 'administrator',
      exitCode: 0,
    });
  });

  test('finds known prints with the worker, the WebAssembly and the native parts of the package', async () => {
    const { stdout } = await runHost('--self-test');

    expect(JSON.parse(stdout)).toMatchObject({ parts: { disk: { kind: 'sound' }, matcher: { kind: 'sound' } } });
  });

  test.each([
    'electron/hosts/electron/preload.cjs',
    'electron/hosts/electron/renderer/index.html',
    'node_modules/knex',
  ])('does not run without %s', async (part) => {
    const aside = path.join(folder, 'aside');
    await cp(path.join(application, part), aside, { recursive: true });
    await rm(path.join(application, part), { recursive: true });
    try {
      await expect(runHost()).rejects.toThrow(part.split('/').at(-1));
    } finally {
      await cp(aside, path.join(application, part), { recursive: true });
      await rm(aside, { recursive: true });
    }
  });

  test('has a preload that needs nothing but electron, as a sandboxed one may', async () => {
    const code = await readFile(path.join(application, 'electron/hosts/electron/preload.cjs'), 'utf8');

    expect([...code.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
  });

  test('was bundled from no loopback host, no simulated scanner and no test', () => {
    expect(
      bundle.sources.filter((file) => /^tests\/|hosts\/loopback|electron\/training|scanner\/simulated-/.test(file)),
    ).toEqual([]);
    expect(bundle.sources).toContain('electron/station/create-station.ts');
  });
});
