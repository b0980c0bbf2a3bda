import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { DatabaseName } from '../../electron/contract/checks.ts';
import type { MatcherPool, OpenGallery } from '../../native-bridge/matcher/matcher.ts';
import { answer, answerWithFault, refuse } from './answer-with-fault.ts';
import type { Identity } from './certificates/certificate-authority.ts';
import { ANY_CHECK, type FaultPlan } from './faults.ts';
import { clear, isRefusal, readSubmission } from './read-submission.ts';
import { searchGallery } from './search-gallery.ts';
import { Transactions, type Held } from './transactions.ts';

/** Largest file that a station may hand in, bytes. Source: docs/gateway.md. */
const MAXIMUM_FILE_BYTES = 4 * 1024 * 1024;
/** Longest that a question is held, seconds. Source: docs/gateway.md. */
const MAXIMUM_WAIT_S = 30;
const PROFILE = 'ridgeway-gateway/1';

export interface GatewayServerOptions {
  readonly matcher: MatcherPool;
  readonly galleries: Readonly<Record<DatabaseName, OpenGallery>>;
  readonly identity: Identity;
  /** The authority of the stations' certificates. */
  readonly authorityPem: string;
  readonly origin: string;
  readonly plan: FaultPlan;
}

/** A gateway that runs, on 127.0.0.1. */
export interface GatewayServer extends AsyncDisposable {
  readonly port: number;
  readonly transactions: Transactions;
}

async function readFile(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes <= MAXIMUM_FILE_BYTES) parts.push(part);
  }
  const file = Buffer.concat(parts);
  for (const part of parts) part.fill(0);
  return bytes <= MAXIMUM_FILE_BYTES ? file : null;
}

function stateOf({ check, database, result, searchedShare, state, transaction }: Held): Record<string, unknown> {
  const base = { profile: PROFILE, transaction, check, database, state };
  if (state === 'ended') return { ...base, result };
  return state === 'searching' ? { ...base, searchedShare } : base;
}

/** Starts a gateway after docs/gateway.md: TLS 1.3, a certificate demanded of every station, and faults as planned. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<GatewayServer> {
  const { galleries, matcher, plan } = options;
  const transactions = new Transactions();
  const searches = new Set<Promise<void>>();

  async function search(held: Held, fingers: Parameters<typeof clear>[0]): Promise<void> {
    const wrong = plan.ofSearch(held.check, held.database);
    held.state = 'searching';
    transactions.changed(held.transaction);
    const database = held.database === 'police' ? 'police' : 'immigration';
    const onProgress = (share: number) => (held.searchedShare = Math.max(held.searchedShare, share));
    const signal = held.ending.signal;
    try {
      const result = await searchGallery(matcher, galleries[database], fingers, { signal, onProgress });
      if (wrong === 'late') return;
      held.result = wrong === 'search-failed' ? { kind: 'failed' } : result;
    } catch {
      held.result = { kind: 'failed' };
    }
    held.state = 'ended';
    transactions.changed(held.transaction);
  }

  async function submit(number: string, fingerprint: string, request: IncomingMessage, response: ServerResponse) {
    if (plan.take('upload', ANY_CHECK, number.endsWith('P') ? 'police' : 'immigration') !== null) {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const file = await readFile(request);
    if (file === null) return refuse(response, 413, 'too large');
    const submission = read(file, response);
    file.fill(0);
    if (submission === null) return;
    const { check, database, fingers } = submission;
    if (submission.transaction !== number || (database !== 'police' && database !== 'immigration')) {
      clear(fingers);
      return refuse(response, 400, '1.009');
    }
    transactions.submitted({ transaction: number, check, database });
    const planned = plan.take('submit', check, database);
    // Faults that refuse, or drop before anything is kept, do so before the transaction is known.
    if (planned !== null && isBeforeAcceptance(planned.fault)) {
      clear(fingers);
      return answerWithFault(response, 202, {}, planned);
    }
    const known = transactions.find(number, fingerprint);
    if (known === null && transactions.isTaken(number)) return refuse(response, 409, 'of another station');
    if (known !== null && known.check !== check) return refuse(response, 409, 'of another check');
    const held: Held = known ?? {
      transaction: number,
      check,
      database,
      fingerprint,
      ending: new AbortController(),
      state: 'queued',
      searchedShare: 0,
      result: null,
    };
    if (known === null) {
      transactions.begin(held);
      const running = search(held, fingers).finally(() => searches.delete(running));
      searches.add(running);
    } else clear(fingers);
    if (planned !== null) return answerWithFault(response, 202, stateOf(held), planned);
    return answer(response, known === null ? 202 : 200, stateOf(held));
  }

  function read(file: Buffer, response: ServerResponse) {
    try {
      return readSubmission(file);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refuse(response, 400, error.message);
      return null;
    }
  }

  async function follow(number: string, fingerprint: string, waitS: number, response: ServerResponse): Promise<void> {
    const held = transactions.find(number, fingerprint);
    if (held === null) return refuse(response, 404, 'unknown');
    const planned = plan.take('follow', held.check, held.database);
    if (planned?.fault === 'forget') {
      transactions.forget(held, 'lost');
      return refuse(response, 404, 'unknown');
    }
    if (planned !== null && planned.fault !== 'duplicate')
      return answerWithFault(response, 200, stateOf(held), planned);
    if (held.state !== 'ended') await transactions.news(number, Math.min(waitS, MAXIMUM_WAIT_S) * 1_000);
    if (transactions.find(number, fingerprint) === null) return refuse(response, 404, 'unknown');
    if (planned !== null) return answerWithFault(response, 200, stateOf(held), planned);
    return answer(response, 200, stateOf(held));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const socket = request.socket as TLSSocket;
    const fingerprint = socket.getPeerCertificate().fingerprint256 ?? '';
    const url = new URL(request.url ?? '/', 'https://gateway');
    const [, number] = /^\/v1\/transactions\/([0-9a-zA-Z-]{1,40})$/.exec(url.pathname) ?? [];
    if (url.pathname === '/v1/health' && request.method === 'GET') {
      return answer(response, 200, { profile: PROFILE, origin: options.origin, databases: ['police', 'immigration'] });
    }
    if (number === undefined) return refuse(response, 404, 'no such place');
    switch (request.method) {
      case 'PUT':
        return submit(number, fingerprint, request, response);
      case 'GET':
        return follow(number, fingerprint, Number(url.searchParams.get('wait') ?? '0') || 0, response);
      case 'DELETE': {
        const held = transactions.find(number, fingerprint);
        if (held !== null) transactions.forget(held, 'withdrawn');
        response.writeHead(204).end();
        return;
      }
      default:
        return refuse(response, 405, 'method');
    }
  }

  const server: Server = createServer(
    {
      cert: options.identity.certificatePem,
      key: options.identity.keyPem,
      ca: options.authorityPem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
    },
    (request, response) => {
      serve(request, response).catch(() => response.socket?.destroy());
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    transactions,
    async [Symbol.asyncDispose]() {
      transactions.endAll();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all(searches);
    },
  };
}

/** Faults after which the gateway knows nothing of the transaction. */
function isBeforeAcceptance(fault: string): boolean {
  return /^(error-|refuse-|busy|redirect)/.test(fault);
}
