import { spawnSync } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deliver } from '../../../electron/counts/deliver.ts';
import { openUpstreamFetch } from '../../../electron/counts/upstream-fetch.ts';
import type { UpstreamConnectionFiles } from '../../../electron/counts/upstream-fetch.ts';
import { temporaryFolder } from '../../support/counts/temporary-database.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const HASH = 'a'.repeat(64);

/** Makes an authority, a certificate for 127.0.0.1 and one for the station, all in files of that folder. */
function makeCertificates(folder: string): void {
  const run = (...words: string[]): void => {
    const made = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority');
  for (const name of ['server', 'station']) {
    run(
      'req',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    run(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.pem`,
      '-days',
      '2',
      '-copy_extensions',
      'copy',
    );
  }
}

async function listening(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
      await closed.promise;
    },
  };
}

async function secureCollector(folder: string) {
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name));
  const [cert, key, ca] = await Promise.all(['server.pem', 'server.key', 'ca.pem'].map(read));
  return listening(
    createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      request.resume().on('end', () => response.end(JSON.stringify({ received: HASH })));
    }),
  );
}

async function deliverTo(port: number, files: UpstreamConnectionFiles) {
  await using upstream = await openUpstreamFetch(files);
  return await deliver(upstream.fetch, `https://127.0.0.1:${port}`, '{}', HASH, new AbortController().signal);
}

test.skipIf(!hasOpenssl)(
  'with its certificate and the authority the station delivers; without either it does not (needs openssl)',
  async () => {
    await using folder = await temporaryFolder();
    makeCertificates(folder.path);
    await using collector = await secureCollector(folder.path);
    const authorityFile = join(folder.path, 'ca.pem');
    const own = { certificateFile: join(folder.path, 'station.pem'), keyFile: join(folder.path, 'station.key') };
    const failed = { kind: 'failed', reason: 'unreachable' };

    expect(await deliverTo(collector.port, { ...own, authorityFile })).toEqual({ kind: 'delivered' });
    expect(await deliverTo(collector.port, { authorityFile })).toEqual(failed);
    expect(await deliverTo(collector.port, own)).toEqual(failed);
  },
);

test.skipIf(!hasOpenssl)(
  'through a proxy the station still checks the collector and shows its certificate (needs openssl)',
  async () => {
    await using folder = await temporaryFolder();
    makeCertificates(folder.path);
    await using collector = await secureCollector(folder.path);
    const tunnels: string[] = [];
    const proxyServer = createHttpServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const onwards = connect(collector.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onwards).pipe(socket);
      });
      onwards.on('error', () => socket.destroy());
      socket.on('error', () => onwards.destroy());
    });
    await using proxy = await listening(proxyServer);

    const delivery = await deliverTo(collector.port, {
      proxyAddress: `http://127.0.0.1:${proxy.port}`,
      certificateFile: join(folder.path, 'station.pem'),
      keyFile: join(folder.path, 'station.key'),
      authorityFile: join(folder.path, 'ca.pem'),
    });

    expect(delivery).toEqual({ kind: 'delivered' });
    expect(tunnels).toEqual([`127.0.0.1:${collector.port}`]);
  },
);

test('a certificate file that is not there, or is not a certificate, is a typed error', async () => {
  await using folder = await temporaryFolder();
  const nonsense = join(folder.path, 'nonsense.pem');
  await writeFile(nonsense, 'nonsense');
  const unreadable = expect.objectContaining({ code: 'counts.connection-unreadable' });

  await expect(openUpstreamFetch({ authorityFile: join(folder.path, 'missing.pem') })).rejects.toEqual(unreadable);
  expect(await deliverTo(9, { certificateFile: nonsense, keyFile: nonsense })).toEqual({
    kind: 'failed',
    reason: 'unreachable',
  });
});
