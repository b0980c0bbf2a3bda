/**
 * The reference gateway as a process of its own: docs/gateway.md from the other side, with galleries that are searched and
 * an authority that is made at each start. It prints one JSON line when it listens, takes faults on its input, one JSON
 * line each, and ends on SIGTERM.
 *
 *   npm run gateway -- [--people N] [--police FILE --immigration FILE] [--certificates DIR] [--threads N]
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { systemClock } from '../../electron/station/system-clock.ts';
import { createTrainingGalleries } from '../../electron/training/training-galleries.ts';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { gatewayCommand, type GatewayReady } from './gateway-lines.ts';
import { startReferenceGateway, type ReferenceGateway } from './reference-gateway.ts';

/** People in each gallery unless told otherwise: quick to make. */
const PEOPLE = '50';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: PEOPLE },
    police: { type: 'string' },
    immigration: { type: 'string' },
    certificates: { type: 'string' },
    threads: { type: 'string', default: '1' },
  },
});
const ended = new AbortController();
process.once('SIGTERM', () => ended.abort());
process.once('SIGINT', () => ended.abort());

const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-gateway-'));

async function galleryFiles(): Promise<{ readonly police: string; readonly immigration: string }> {
  const { immigration, police } = values;
  if (police !== undefined && immigration !== undefined) return { police, immigration };
  const paths = { police: path.join(folder, 'police.gallery'), immigration: path.join(folder, 'immigration.gallery') };
  const training = createTrainingGalleries({ people: Number(values.people), threads: 1, clock: systemClock });
  await training.build(paths, () => {}, ended.signal);
  return paths;
}

/** Writes what a station needs to be let in, readable by the owner alone. */
async function writeCertificates(gateway: ReferenceGateway): Promise<GatewayReady> {
  const to = values.certificates ?? path.join(folder, 'certificates');
  await mkdir(to, { recursive: true });
  const write = async (name: string, text: string) => {
    const file = path.join(to, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const identity = async (kind: keyof ReferenceGateway['stations']) => ({
    certificateFile: await write(`station-${kind}.pem`, gateway.stations[kind].certificatePem),
    keyFile: await write(`station-${kind}.key`, gateway.stations[kind].keyPem),
  });
  return {
    addresses: gateway.addresses,
    authorityFile: await write('authority.pem', gateway.authorityPem),
    stations: {
      good: await identity('good'),
      'of-another-authority': await identity('of-another-authority'),
      expired: await identity('expired'),
    },
  };
}

try {
  await using pool = createMatcherPool({ threads: Number(values.threads) });
  const files = await galleryFiles();
  const galleries = {
    police: await pool.openGallery(files.police, ended.signal),
    immigration: await pool.openGallery(files.immigration, ended.signal),
  };
  const nowMs = systemClock.now();
  await using gateway = await startReferenceGateway({ matcher: pool, galleries, origin: 'reference gateway', nowMs });
  console.log(JSON.stringify(await writeCertificates(gateway)));
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const command = gatewayCommand.parse(JSON.parse(line));
    if (command.do === 'plan') gateway.plan.add(...command.faults);
    if (command.do === 'clear') gateway.plan.clear();
    console.log(JSON.stringify(command.do === 'count' ? gateway.transactions.good.counted() : {}));
  });
  if (!ended.signal.aborted)
    await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  lines.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
