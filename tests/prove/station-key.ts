import { createHash, createPrivateKey } from 'node:crypto';
import { signerOf } from '../../electron/counts/station-key.ts';
import type { StationKey } from '../../electron/counts/station-key.ts';

/** The fixed head of an Ed25519 private key in PKCS 8; the 32 bytes of its seed follow. Source: RFC 8410, 7. */
const PKCS8_HEAD = '302e020100300506032b657004220420';

/** A station's key that is the same at every start, so that a restarted process signs as before. */
export function stationKey(station: number): StationKey {
  const seed = createHash('sha256').update(`key ${station}`).digest();
  const key = Buffer.concat([Buffer.from(PKCS8_HEAD, 'hex'), seed]);
  return signerOf(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
}
