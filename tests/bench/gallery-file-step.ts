import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { importGallery } from '../../electron/galleries/import-gallery.ts';
import { placeOfInstalled, readInstalledGallery } from '../../electron/galleries/installed-gallery.ts';
import { createProvidedGalleryWriter } from '../../electron/galleries/provided-gallery-writer.ts';
import { rawPublicKey } from '../../electron/galleries/raw-keys.ts';
import { statisticalTemplate } from '../support/matcher/statistical-finger.ts';

/** One step of `bench-gallery-file`, in a process of its own: `write`, `import` or `open`, the place, the people. */
const [step, place = '', count = '0'] = process.argv.slice(2);
const people = Number(count);
const never = new AbortController().signal;
/** The cost of a platform's seal is no part of the figures. */
const asItIs = async (secret: Uint8Array): Promise<Uint8Array> => Uint8Array.from(secret);

function keys() {
  const [authority = '', station = ''] = readFileSync(`${place}.keys`, 'utf8').split('=====\n');
  return { authority: createPrivateKey(authority), station: createPrivateKey(station) };
}

async function write(): Promise<number> {
  const authority = generateKeyPairSync('ed25519').privateKey;
  const station = generateKeyPairSync('x25519').privateKey;
  const pem = [authority, station].map((key) => key.export({ format: 'pem', type: 'pkcs8' }).toString());
  writeFileSync(`${place}.keys`, pem.join('=====\n'), { mode: 0o600 });
  await using writer = await createProvidedGalleryWriter(`${place}.rwgallery`, {
    database: 'police',
    origin: 'bench:gallery-file',
    extractedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    authority,
    stations: [rawPublicKey(station)],
  });
  for (let person = 0; person < people; person += 1) {
    // The same people as in bench:gallery.
    const right = statisticalTemplate(Math.imul(person * 2 + 1, 2_654_435_761) + 1);
    const left = statisticalTemplate(Math.imul(person * 2 + 2, 2_654_435_761) + 1);
    const fingers = [
      { position: 2, template: right },
      { position: 7, template: left },
    ] as const;
    await writer.add({ reference: `background-${person}`, fingers });
  }
  await writer.finish();
  return people;
}

async function importIt(): Promise<number> {
  const { authority, station } = keys();
  const signer = rawPublicKey(authority).toString('hex');
  await using matcher = createMatcherPool({ threads: availableParallelism() });
  const { gallery } = await importGallery({
    filePath: `${place}.rwgallery`,
    database: 'police',
    targetPath: `${place}.extract`,
    trust: { police: [signer], immigration: [] },
    stationKey: station,
    presentExtractedAt: null,
    isOlderAccepted: false,
    matcher,
    seal: asItIs,
    now: () => Date.now(),
    signal: never,
    onProgress: () => {},
    beforeReplacing: async () => {},
  });
  return gallery.people;
}

async function openIt(): Promise<number> {
  const signer = rawPublicKey(keys().authority).toString('hex');
  await using matcher = createMatcherPool({ threads: availableParallelism() });
  const installed = await readInstalledGallery(`${place}.extract`, { police: [signer], immigration: [] });
  const gallery = await matcher.openGallery(await placeOfInstalled(installed, asItIs), never);
  return gallery.people;
}

const start = performance.now();
const found = await (step === 'write' ? write() : step === 'import' ? importIt() : openIt());
const seconds = (performance.now() - start) / 1000;
const { system, user } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
process.stdout.write(
  JSON.stringify({ seconds, cpuSeconds, peakBytes: process.resourceUsage().maxRSS * 1024, people: found }),
);
