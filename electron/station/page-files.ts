import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Kinds of files that the page consists of. Anything else is not found. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** One file of the built page. */
export interface PageFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
}

/** Reads a file of the built page by the path of its address; null when there is none. A path never leaves the folder. */
export async function readPageFile(folder: string, pathname: string): Promise<PageFile | null> {
  const file = path.join(folder, decoded(pathname));
  const type = TYPES[path.extname(file)];
  if (type === undefined || !file.startsWith(path.resolve(folder) + path.sep)) return null;
  const body = await readFile(file).catch(() => null);
  return body === null ? null : { body, type };
}

/**
 * The headers of every file: the page loads from its own host alone, and connects to `connectSources`, sources of a
 * content security policy.
 */
export function pageHeaders(connectSources: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src ${connectSources}`,
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

/** An escape that is none, or a zero byte, makes a name that no file has. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname).replaceAll('\0', '/');
  } catch {
    return '/';
  }
}
