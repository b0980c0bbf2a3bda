import type { Protocol } from 'electron';
import { pageHeaders, readPageFile } from '../../station/page-files.ts';
import { APP_ORIGIN, APP_SCHEME } from './app-scheme.ts';

/** The page connects nowhere: what it has to say goes through its port. */
const HEADERS = pageHeaders("'none'");

/** Serves the built page of `folder` under the own scheme, and nothing else. */
export function serveRenderer(protocol: Protocol, folder: string): void {
  protocol.handle(APP_SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const isOwn = method === 'GET' && `${APP_SCHEME}://${host}` === APP_ORIGIN;
    const file = isOwn ? await readPageFile(folder, pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: HEADERS });
    return new Response(file.body, { headers: { ...HEADERS, 'content-type': file.type } });
  });
}
