import { fork } from 'node:child_process';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../gateway/certificates/certificate-authority.ts';
import { NeedleIndex } from '../../../prove/erasure/needle-index.ts';
import { searchMemory } from '../../../prove/erasure/process-memory.ts';
import { fillWithMarks, type SendingOrder } from '../../../prove/erasure/sending-order.ts';

const SENDER = new URL('../../../prove/erasure/sending-process.ts', import.meta.url);
/** Larger than any file of two prints, so that what is freed is not written over by chance. */
const SIZE_BYTES = 300_000;
const TIMES = 3;
const SEED = 6;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Source: the memory of another process is read as Linux shows it. */
const isLinux = process.platform === 'linux';

/** A server that takes anything, and what a client needs to be let in. */
async function server() {
  const validity = { validFromMs: Date.now() - DAY_MS, validUntilMs: Date.now() + DAY_MS };
  const authority = createCertificateAuthority('A test', validity.validFromMs, validity.validUntilMs);
  const own = authority.issue({ commonName: 'server', addresses: ['127.0.0.1'], use: 'server', ...validity });
  const station = authority.issue({ commonName: 'station', addresses: [], use: 'client', ...validity });
  const { certificatePem: cert, keyPem: key } = own;
  const options = { cert, key, ca: authority.certificatePem, requestCert: true, rejectUnauthorized: true };
  const listening = createServer(options, (request, response) => request.resume().on('end', () => response.end()));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    address: `https://127.0.0.1:${(listening.address() as AddressInfo).port}/`,
    ...station,
    authorityPem: authority.certificatePem,
    [Symbol.dispose]: () => {
      listening.close();
      listening.closeAllConnections();
    },
  };
}

/** Bytes of what was sent that lie in the memory of the process that sent it, after it has cleared its own. */
async function bytesLeft(how: SendingOrder['how']): Promise<number> {
  using to = await server();
  const { address, authorityPem, certificatePem, keyPem } = to;
  const order: SendingOrder = {
    how,
    address,
    authorityPem,
    certificatePem,
    keyPem,
    sizeBytes: SIZE_BYTES,
    times: TIMES,
    seed: SEED,
  };
  const child = fork(SENDER, [JSON.stringify(order)]);
  try {
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the sender ended with ${code}`)));
    });
    const marks = new Uint8Array(SIZE_BYTES);
    fillWithMarks(marks, SEED);
    const { hits } = searchMemory([child.pid ?? 0], new NeedleIndex([{ name: 'sent', bytes: marks }]));
    return hits.reduce((sum, { length }) => sum + length, 0);
  } finally {
    child.kill();
  }
}

test.skipIf(!isLinux)('what the station has sent lies nowhere in its memory (needs Linux)', async () => {
  expect(await bytesLeft('as the station')).toBe(0);
});

test.skipIf(!isLinux)(
  'what the library sends by itself does, so that the test above can fail (needs Linux)',
  async () => {
    expect(await bytesLeft('as the library')).toBeGreaterThan(10_000);
  },
);
