import type { DatabaseName } from '../../electron/contract/checks.ts';
import type { MatcherPool, OpenGallery } from '../../native-bridge/matcher/matcher.ts';
import { createCertificateAuthority, type Identity } from './certificates/certificate-authority.ts';
import { FaultPlan } from './faults.ts';
import { startGatewayServer } from './gateway-server.ts';
import type { Transactions } from './transactions.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A year, so that a demo is not told that its certificates end. */
const VALID_MS = 365 * DAY_MS;

/** Listeners that all do the same work; the others show a certificate that must not be believed. */
export const LISTENERS = ['good', 'of-another-authority', 'expired', 'of-another-name'] as const;
export type Listener = (typeof LISTENERS)[number];

/** Certificates that a station may come with; only the first is let in. */
export const STATIONS = ['good', 'of-another-authority', 'expired'] as const;
export type StationKind = (typeof STATIONS)[number];

export interface ReferenceGateway extends AsyncDisposable {
  readonly addresses: Readonly<Record<Listener, string>>;
  readonly stations: Readonly<Record<StationKind, Identity>>;
  /** The authority that the station is told to trust. */
  readonly authorityPem: string;
  readonly plan: FaultPlan;
  /** What each listener has counted. */
  readonly transactions: Readonly<Record<Listener, Transactions>>;
}

export interface ReferenceGatewayOptions {
  readonly matcher: MatcherPool;
  readonly galleries: Readonly<Record<DatabaseName, OpenGallery>>;
  readonly origin: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
}

/** Starts the gateway of docs/gateway.md with an authority of its own, in this process, on 127.0.0.1. */
export async function startReferenceGateway(options: ReferenceGatewayOptions): Promise<ReferenceGateway> {
  const { nowMs } = options;
  const validity = { validFromMs: nowMs - DAY_MS, validUntilMs: nowMs + VALID_MS };
  const past = { validFromMs: nowMs - 2 * DAY_MS, validUntilMs: nowMs - DAY_MS };
  const authority = createCertificateAuthority(
    'Reference gateway authority',
    validity.validFromMs,
    validity.validUntilMs,
  );
  const stranger = createCertificateAuthority('Somebody else', validity.validFromMs, validity.validUntilMs);
  const server = { commonName: 'Reference gateway', addresses: ['127.0.0.1', 'localhost'], use: 'server' } as const;
  const station = { commonName: 'desk-1', addresses: [], use: 'client' } as const;
  const shown: Record<Listener, Identity> = {
    good: authority.issue({ ...server, ...validity }),
    'of-another-authority': stranger.issue({ ...server, ...validity }),
    expired: authority.issue({ ...server, ...past }),
    'of-another-name': authority.issue({ ...server, ...validity, addresses: ['gateway.example'] }),
  };
  const plan = new FaultPlan();
  await using scope = new AsyncDisposableStack();
  const start = async (listener: Listener) =>
    scope.use(
      await startGatewayServer({
        ...options,
        plan,
        identity: shown[listener],
        authorityPem: authority.certificatePem,
      }),
    );
  const servers = {
    good: await start('good'),
    'of-another-authority': await start('of-another-authority'),
    expired: await start('expired'),
    'of-another-name': await start('of-another-name'),
  };
  const all = scope.move();
  const address = (listener: Listener) => `https://127.0.0.1:${servers[listener].port}/`;
  return {
    addresses: {
      good: address('good'),
      'of-another-authority': address('of-another-authority'),
      expired: address('expired'),
      'of-another-name': address('of-another-name'),
    },
    stations: {
      good: authority.issue({ ...station, ...validity }),
      'of-another-authority': stranger.issue({ ...station, ...validity }),
      expired: authority.issue({ ...station, ...past }),
    },
    authorityPem: authority.certificatePem,
    plan,
    transactions: {
      good: servers.good.transactions,
      'of-another-authority': servers['of-another-authority'].transactions,
      expired: servers.expired.transactions,
      'of-another-name': servers['of-another-name'].transactions,
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
