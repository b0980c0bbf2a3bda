import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serveRenderer } from '../../../electron/hosts/electron/protocol.ts';
import { protocol, record, resetFake } from '../../support/fake-electron.ts';

vi.mock('electron', () => import('../../support/fake-electron.ts'));

let folder: string;

beforeAll(async () => {
  resetFake();
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-protocol-'));
  await mkdir(path.join(folder, 'page/assets'), { recursive: true });
  await writeFile(path.join(folder, 'page/index.html'), '<!doctype html>');
  await writeFile(path.join(folder, 'page/assets/main.js'), 'export {};');
  await writeFile(path.join(folder, 'page/ridgeway.sqlite'), 'secret');
  await writeFile(path.join(folder, 'secret.html'), 'secret');
  serveRenderer(protocol as never, path.join(folder, 'page'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(url: string, method = 'GET'): Promise<Response> {
  const response = await record.protocolHandler?.({ url, method } as Request);
  if (response === undefined) throw new Error('nothing handles the scheme');
  return response;
}

test.each([
  ['app://station/index.html', 'text/html; charset=utf-8'],
  ['app://station/assets/main.js', 'text/javascript; charset=utf-8'],
  ['app://station/assets/main.js?v=1#top', 'text/javascript; charset=utf-8'],
])('%s is served as %s', async (url, type) => {
  const response = await ask(url);

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
});

describe('the policy of every answer, found or not', () => {
  test.each(['app://station/index.html', 'app://station/none.html'])('%s', async (url) => {
    const policy = (await ask(url)).headers.get('content-security-policy');

    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });
});

test.each([
  'app://station/none.html',
  'app://station/',
  'app://station/assets',
  'app://station/../secret.html',
  'app://station/%2e%2e/secret.html',
  'app://station/..%2fsecret.html',
  'app://station/assets/..%2f..%2fsecret.html',
  String.raw`app://station/..\secret.html`,
  'app://station/ridgeway.sqlite',
  'app://station/%00.html',
  'app://station/%zz.html',
  'app://other/index.html',
])('%s is not found, and nothing of another file is told', async (url) => {
  const response = await ask(url);

  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('a %s is not found', async (method) => {
  expect((await ask('app://station/index.html', method)).status).toBe(404);
});
