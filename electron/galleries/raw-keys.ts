import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Bytes of a public key of either curve. Source: RFC 8032, RFC 7748. */
export const RAW_KEY_BYTES = 32;

type Curve = 'Ed25519' | 'X25519';

/** A public key from its 32 bytes. @throws Error of node:crypto when they are none */
export function publicKeyOf(curve: Curve, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
}

/** The 32 bytes of a key's public half. */
export function rawPublicKey(key: KeyObject): Buffer {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

/** A private key as it is kept: PKCS #8 in DER. */
export function privateKeyOf(der: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}
