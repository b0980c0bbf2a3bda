import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Knex } from 'knex';
import { z } from 'zod';
import { placeCode } from '../../../electron/counts/count-document.ts';
import { enrol, ingest } from './ingest.ts';
import { forceTables, stationAnchors } from './force-tables.ts';

/** Longest request body, bytes: a document is below 20 kB. */
const MAXIMUM_BODY_BYTES = 65_536;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const enrolment = z.strictObject({
  force: placeCode,
  station: placeCode,
  publicKey: z.string().regex(/^[0-9a-f]{88}$/),
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const refused = (status: number, reason: string): Answer => ({ status, body: { refused: reason } });

async function readJson(request: IncomingMessage): Promise<{ readonly value: unknown } | 'too-large' | 'not-json'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const chunk = Buffer.from(part);
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) return 'too-large';
    parts.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(parts).toString('utf8')) };
  } catch {
    return 'not-json';
  }
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

async function takeDocument(connection: Knex, request: IncomingMessage): Promise<Answer> {
  const body = await readJson(request);
  if (body === 'too-large') return refused(413, body);
  if (body === 'not-json') return refused(400, body);
  const ingestion = await ingest(connection, body.value, header(request, 'idempotency-key'));
  switch (ingestion.kind) {
    case 'received':
      return { status: ingestion.isNew ? 201 : 200, body: { received: ingestion.hash } };
    case 'revision-taken':
      return { status: 409, body: { taken: ingestion.taken } };
    case 'refused':
      return refused(ingestion.reason === 'schema' ? 422 : 403, ingestion.reason);
  }
}

async function takeEnrolment(connection: Knex, request: IncomingMessage): Promise<Answer> {
  const body = await readJson(request);
  if (typeof body === 'string') return refused(body === 'too-large' ? 413 : 400, body);
  const parsed = enrolment.safeParse(body.value);
  if (!parsed.success) return refused(422, 'schema');
  await enrol(connection, [parsed.data]);
  return { status: 200, body: {} };
}

async function serveTables(connection: Knex, force: string, url: URL): Promise<Answer> {
  const period = z
    .tuple([placeCode, month, month])
    .safeParse([force, url.searchParams.get('from'), url.searchParams.get('to')]);
  if (!period.success) return refused(422, 'period');
  const [code, from, to] = period.data;
  return { status: 200, body: await forceTables(connection, code, from, to) };
}

/** Runs the collector's interface (docs/counts-api.md). Reading and enrolling need the administrator's token. */
export function createCollectorServer(connection: Knex, administratorToken: string): Server {
  const isAdministrator = (request: IncomingMessage): boolean => {
    const given = Buffer.from(header(request, 'authorization') ?? '');
    const wanted = Buffer.from(`Bearer ${administratorToken}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://collector');
    const parts = url.pathname.split('/').filter(Boolean);
    if (request.method === 'POST' && url.pathname === '/v1/documents') return takeDocument(connection, request);
    if (!isAdministrator(request)) return refused(401, 'token');
    if (request.method === 'PUT' && url.pathname === '/v1/stations') return takeEnrolment(connection, request);
    if (request.method !== 'GET' || parts[0] !== 'v1' || parts[1] !== 'forces') return refused(404, 'path');
    const [, , force = '', what, station = '', last] = parts;
    if (what === 'tables' && parts.length === 4) return serveTables(connection, force, url);
    if (what === 'stations' && last === 'anchors' && parts.length === 6) {
      return { status: 200, body: await stationAnchors(connection, force, station) };
    }
    return refused(404, 'path');
  };
  const reply = (response: ServerResponse, { status, body }: Answer): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  return createServer((request, response) => {
    answer(request).then(
      (made) => reply(response, made),
      () => reply(response, { status: 503, body: { refused: 'storage' } }),
    );
  });
}

/** Starts listening on 127.0.0.1; answers with the address. Port 0 takes a free one. */
export async function listen(server: Server, port = 0): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => resolve());
  await promise;
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
}
