import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import * as der from './der.ts';

/** A certificate and its key, both in PEM. */
export interface Identity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** What a certificate is to say. */
export interface CertificateRequest {
  readonly commonName: string;
  /** Addresses for which a server may show it; none for a station's. */
  readonly addresses: readonly string[];
  readonly use: 'server' | 'client';
  /** Milliseconds since 1970-01-01 UTC. */
  readonly validFromMs: number;
  readonly validUntilMs: number;
}

/** Issues certificates with P-256 keys: for tests and the demo, which keep its key in memory and nowhere else. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  issue(request: CertificateRequest): Identity;
}

const ECDSA_WITH_SHA256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));
const USES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
/** First moment that UTCTime cannot say. Source: RFC 5280, 4.1.2.5. */
const YEAR_2050_MS = Date.UTC(2050, 0, 1);

function nameOf(commonName: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8Text(commonName))));
}

function momentOf(atMs: number): Uint8Array {
  return atMs < YEAR_2050_MS ? der.utcTime(atMs) : der.generalizedTime(atMs);
}

function extension(identifier: string, isCritical: boolean, content: Uint8Array): Uint8Array {
  const critical = isCritical ? [der.truth()] : [];
  return der.sequence(der.objectIdentifier(identifier), ...critical, der.octets(content));
}

/** An address for which a server answers: a number in four parts, or a name. */
function alternativeName(address: string): Uint8Array {
  const parts = /^\d+\.\d+\.\d+\.\d+$/.test(address) ? address.split('.').map(Number) : null;
  return parts === null ? der.element(0x82, Buffer.from(address, 'latin1')) : der.element(0x87, Uint8Array.from(parts));
}

function extensionsOf(request: CertificateRequest): Uint8Array[] {
  const extensions = [
    extension('2.5.29.19', true, der.sequence()),
    extension('2.5.29.15', true, der.bits(Uint8Array.of(0x80), 7)),
    extension('2.5.29.37', false, der.sequence(der.objectIdentifier(USES[request.use]))),
  ];
  if (request.addresses.length > 0) {
    extensions.push(extension('2.5.29.17', false, der.sequence(...request.addresses.map(alternativeName))));
  }
  return extensions;
}

interface ToBeSigned {
  readonly issuer: string;
  readonly subject: string;
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

/** A version 3 certificate in PEM. Source: RFC 5280, 4.1. */
function signed(content: ToBeSigned, authorityKey: KeyObject): string {
  // The first byte is neither zero nor negative, so that the number has one form.
  const serial = Buffer.concat([Uint8Array.of(0x5a), randomBytes(12)]);
  const body = der.sequence(
    der.element(0xa0, der.integer(Uint8Array.of(2))),
    der.integer(serial),
    ECDSA_WITH_SHA256,
    nameOf(content.issuer),
    der.sequence(momentOf(content.validFromMs), momentOf(content.validUntilMs)),
    nameOf(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der.element(0xa3, der.sequence(...content.extensions)),
  );
  const whole = der.sequence(body, ECDSA_WITH_SHA256, der.bits(sign('sha256', body, authorityKey)));
  const lines =
    Buffer.from(whole)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Makes an authority that is valid between the two moments, milliseconds since 1970-01-01 UTC. */
export function createCertificateAuthority(
  commonName: string,
  validFromMs: number,
  validUntilMs: number,
): CertificateAuthority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificatePem = signed(
    {
      issuer: commonName,
      subject: commonName,
      validFromMs,
      validUntilMs,
      publicKey: authority.publicKey,
      extensions: [
        extension('2.5.29.19', true, der.sequence(der.truth())),
        extension('2.5.29.15', true, der.bits(Uint8Array.of(0x06), 1)),
      ],
    },
    authority.privateKey,
  );
  return {
    certificatePem,
    issue(request) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { validFromMs: from, validUntilMs: until } = request;
      return {
        certificatePem: signed(
          {
            issuer: commonName,
            subject: request.commonName,
            validFromMs: from,
            validUntilMs: until,
            publicKey,
            extensions: extensionsOf(request),
          },
          authority.privateKey,
        ),
        keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
