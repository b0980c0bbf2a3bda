import type { ServerResponse } from 'node:http';
import { pageHeaders, readPageFile } from '../../station/page-files.ts';

/** Sends one file of the built renderer, or 404; nothing is loaded from, or sent to, anywhere but this host. */
export async function serveRendererFile(
  folder: string,
  pathname: string,
  host: string,
  response: ServerResponse,
): Promise<void> {
  const file = await readPageFile(folder, pathname === '/' ? 'index.html' : pathname);
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is no such page.\n');
    return;
  }
  response.writeHead(200, { ...pageHeaders(`'self' ws://${host}`), 'content-type': file.type });
  response.end(file.body);
}
