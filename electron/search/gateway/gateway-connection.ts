import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, buildConnector } from 'undici';
import { GatewayFault, type GatewayFaultCode } from './gateway-fault.ts';
import { CONNECT_TIMEOUT_MS, MAXIMUM_ANSWER_BYTES } from './parameters.ts';

/** How a station reaches one gateway: its address, and who both are, in PEM. */
export interface GatewayConnectionTexts {
  /** https, with the path under which the profile is served. */
  readonly address: string;
  /** The station's own certificate and key. */
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The authority that alone may vouch for the gateway; the authorities of the platform are not asked. */
  readonly authorityPem: string;
}

/** The same with files, as a machine policy names them. */
export interface GatewayConnectionFiles {
  readonly address: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly authorityFile: string;
}

/** A gateway that can be asked: connections with both sides proved, and until when the certificates are good. */
export interface GatewayConnection extends AsyncDisposable {
  readonly address: URL;
  readonly agent: Agent;
  /** When the station's own certificate ends, milliseconds since 1970-01-01 UTC; of the authorities the first to end. */
  readonly stationCertificateEndsMs: number;
  readonly authorityCertificateEndsMs: number;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** Bytes of the headers of one answer. Source: ours; the profile's are below 1 kB. */
const MAXIMUM_HEADER_BYTES = 8 * 1024;
/** Connections to one gateway at once: two searches, their questions and a withdrawal for a few checks. */
const CONNECTIONS = 8;

function attempt<Made>(code: GatewayFaultCode, make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    throw new GatewayFault(code, {}, { cause });
  }
}

function certificatesOf(pem: string): X509Certificate[] {
  const texts = pem.match(CERTIFICATE) ?? [];
  if (texts.length === 0) throw new GatewayFault('gateway.certificate-unreadable');
  return texts.map((text) => attempt('gateway.certificate-unreadable', () => new X509Certificate(text)));
}

function firstEnd(certificates: readonly X509Certificate[]): number {
  return Math.min(...certificates.map(({ validTo }) => Date.parse(validTo)));
}

function addressOf(text: string): URL {
  const isUsable = URL.canParse(text) && new URL(text).protocol === 'https:' && new URL(text).search === '';
  if (!isUsable) throw new GatewayFault('gateway.address');
  return new URL(text.endsWith('/') ? text : `${text}/`);
}

/**
 * Lets nothing gather what is written. Node joins pending writes into one buffer of its own and gives it back to the
 * system as it is, with the print in it; one write after another goes from the custody's buffer straight into the
 * encryption. Found by searching the memory of a process that had sent, see docs/decisions/0014.
 */
function withoutGathering(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]: buildConnector.CallbackArgs) => {
      if (error !== null) return callback(error, null);
      Object.defineProperty(socket, '_writev', { value: null });
      return callback(null, socket);
    });
}

/**
 * Makes the connections to a gateway: TLS 1.3 with both sides' certificates. The gateway's is always checked, against that
 * one authority and the address; there is no setting that switches that off.
 * @throws GatewayFault `gateway.address`, `gateway.certificate-unreadable`, `gateway.key-unreadable`,
 * `gateway.key-of-another-certificate`
 */
export function createGatewayConnection(texts: GatewayConnectionTexts): GatewayConnection {
  const address = addressOf(texts.address);
  const ofStation = certificatesOf(texts.certificatePem);
  const key = attempt('gateway.key-unreadable', () => createPrivateKey(texts.keyPem));
  if (ofStation[0]?.checkPrivateKey(key) !== true) throw new GatewayFault('gateway.key-of-another-certificate');
  const connect = buildConnector({
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    cert: texts.certificatePem,
    key: texts.keyPem,
    ca: texts.authorityPem,
    timeout: CONNECT_TIMEOUT_MS,
  });
  const agent = new Agent({
    connect: withoutGathering(connect),
    connections: CONNECTIONS,
    maxHeaderSize: MAXIMUM_HEADER_BYTES,
    maxResponseSize: MAXIMUM_ANSWER_BYTES,
  });
  return {
    address,
    agent,
    stationCertificateEndsMs: firstEnd(ofStation),
    authorityCertificateEndsMs: firstEnd(certificatesOf(texts.authorityPem)),
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

/** Reads the files and makes the connections. @throws GatewayFault as above, and `gateway.files-unreadable` */
export async function openGatewayConnection(files: GatewayConnectionFiles): Promise<GatewayConnection> {
  const paths = [files.certificateFile, files.keyFile, files.authorityFile];
  const texts = await Promise.all(paths.map((file) => readFile(file, 'utf8'))).catch((cause: unknown) => {
    throw new GatewayFault('gateway.files-unreadable', {}, { cause });
  });
  const [certificatePem = '', keyPem = '', authorityPem = ''] = texts;
  return createGatewayConnection({ address: files.address, certificatePem, keyPem, authorityPem });
}
