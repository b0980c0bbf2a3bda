import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders, readPageFile } from '../../../electron/station/page-files.ts';

let folder: string;
let page: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-page-'));
  page = path.join(folder, 'page');
  await mkdir(page);
  await writeFile(path.join(page, 'index.html'), 'page');
  await writeFile(path.join(folder, 'secret.html'), 'secret');
  await mkdir(path.join(folder, 'page-beside'));
  await writeFile(path.join(folder, 'page-beside/secret.html'), 'secret');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a file is read with its type, whether or not the folder ends with a slash', async () => {
  for (const given of [page, `${page}/`]) {
    expect(await readPageFile(given, '/index.html')).toEqual({
      body: Buffer.from('page'),
      type: 'text/html; charset=utf-8',
    });
  }
});

test.each([
  '/../secret.html',
  '/%2e%2e/secret.html',
  '/..%2fsecret.html',
  '/../page-beside/secret.html',
  '/',
  '/%zz.html',
])('"%s" is no file of the page', async (pathname) => {
  expect(await readPageFile(page, pathname)).toBeNull();
});

test('no path whatever reaches a file outside the folder', async () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '\\',
    'secret.html',
    'page-beside',
    'page',
    '%00',
    '%252e',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const file = await readPageFile(page, `/${parts.join('/')}`);
      expect(file?.body.toString()).not.toBe('secret');
    }),
    { numRuns: 300 },
  );
});

test('the policy lets the page connect only to what the host names', () => {
  expect(pageHeaders("'none'")['content-security-policy']).toContain("connect-src 'none'");
  expect(pageHeaders("'self' ws://127.0.0.1:1")['content-security-policy']).toContain(
    "connect-src 'self' ws://127.0.0.1:1",
  );
});
