import { readFile } from 'node:fs/promises';
import { Agent, ProxyAgent } from 'undici';
import { CountsFault } from './counts-fault.ts';

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
  // One package, two copies of its types: undici's own and the ones inside Node's. At run time they are one interface.
  // oxlint-disable-next-line typescript/consistent-type-assertions
  const forNode = dispatcher as unknown as NonNullable<RequestInit['dispatcher']>;
  return {
    fetch: (address, init) => globalThis.fetch(address, { ...init, dispatcher: forNode }),
    [Symbol.asyncDispose]: () => dispatcher.close(),
  };
}

/** The same in files, as a machine policy names them. */
export interface UpstreamConnectionFiles {
  readonly proxyAddress?: string | undefined;
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly authorityFile?: string | undefined;
}

/** Reads the files and makes the fetch. @throws CountsFault `counts.connection-unreadable` */
export async function openUpstreamFetch(files: UpstreamConnectionFiles): Promise<UpstreamFetch> {
  const text = async (filePath: string | undefined): Promise<string | undefined> =>
    filePath === undefined ? undefined : readFile(filePath, 'utf8');
  try {
    const [certificatePem, keyPem, authorityPem] = await Promise.all(
      [files.certificateFile, files.keyFile, files.authorityFile].map(text),
    );
    return createUpstreamFetch({
      ...(files.proxyAddress !== undefined && { proxyAddress: files.proxyAddress }),
      ...(certificatePem !== undefined && { certificatePem }),
      ...(keyPem !== undefined && { keyPem }),
      ...(authorityPem !== undefined && { authorityPem }),
    });
  } catch (error) {
    throw new CountsFault('counts.connection-unreadable', {}, { cause: error });
  }
}
