import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The headers of every page: nothing is loaded from, or sent to, anywhere but this host. */
function pageHeaders(host: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/** Sends one file of the built renderer, or 404; a path can never leave the folder. */
export async function serveRendererFile(
  folder: string,
  pathname: string,
  host: string,
  response: ServerResponse,
): Promise<void> {
  const root = resolve(folder);
  const wanted = join(root, pathname === '/' ? 'index.html' : pathname);
  const isInside = wanted.startsWith(root + sep);
  const type = TYPES[extname(wanted)];
  const body = isInside && type !== undefined ? await readFile(wanted).catch(() => null) : null;
  if (body === null || type === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is no such page.\n');
    return;
  }
  response.writeHead(200, { ...pageHeaders(host), 'content-type': type });
  response.end(body);
}
