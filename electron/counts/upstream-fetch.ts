import { Agent, fetch, ProxyAgent } from 'undici';

/** How the station reaches the collector: all of it optional, all of it text in PEM but the proxy's address. */
export interface UpstreamConnection {
  readonly proxyAddress?: string;
  /** The station's certificate and key, for mutual TLS. */
  readonly certificatePem?: string;
  readonly keyPem?: string;
  /** The force's own authority; without it the authorities of the platform are trusted. */
  readonly authorityPem?: string;
}

/** A fetch of its own, and the way to close its connections. */
export interface UpstreamFetch extends AsyncDisposable {
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Makes the fetch for the push: through the proxy if there is one, with the station's certificate if there is one. The
 * collector's certificate is always checked; there is no setting that switches that off.
 */
export function createUpstreamFetch(connection: UpstreamConnection): UpstreamFetch {
  const tls = {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2' as const,
    ...(connection.certificatePem !== undefined && { cert: connection.certificatePem }),
    ...(connection.keyPem !== undefined && { key: connection.keyPem }),
    ...(connection.authorityPem !== undefined && { ca: connection.authorityPem }),
  };
  const dispatcher =
    connection.proxyAddress === undefined
      ? new Agent({ connect: tls })
      : new ProxyAgent({ uri: connection.proxyAddress, requestTls: tls });
  const upstream = (address: string, init: object): Promise<unknown> => fetch(address, { ...init, dispatcher });
  return {
    // undici's fetch and the platform's have the same shape; their types come from two copies of one package.
    fetch: upstream as unknown as typeof globalThis.fetch,
    [Symbol.asyncDispose]: () => dispatcher.close(),
  };
}
