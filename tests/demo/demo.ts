/**
 * Drives the whole station headlessly as an officer would, in a real browser, and says what it saw.
 *
 *   npm run demo -- [--feed DIR] [--ppi N] [--out DIR] [--impressions N] [--fault FAULT]
 *                       [--provider gallery|gateway]
 *   npm run demo -- --tour [--out DIR]      pictures of every page, into docs/tour
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ImageFault } from '../../native-bridge/image/image-fault.ts';
import { FeedFault, peopleOfFolder, syntheticPeople } from './demo-people.ts';
import { runDemo } from './run-demo.ts';
import { makeTour } from './tour/make-tour.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      feed: { type: 'string' },
      ppi: { type: 'string' },
      out: { type: 'string' },
      tour: { type: 'boolean', default: false },
      impressions: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      provider: { type: 'string', default: 'gallery' },
    },
  });
  if (values.provider !== 'gallery' && values.provider !== 'gateway') {
    throw new FeedFault('--provider takes gallery or gateway.');
  }
  const out = values.out ?? path.join(PROJECT, values.tour ? 'docs/tour' : '.out/demo');
  const rendererFolder = path.join(PROJECT, '.out/renderer');
  if (values.tour) {
    await makeTour(out, rendererFolder);
    return;
  }
  const resolution = values.ppi === undefined ? {} : { resolutionPpi: Number(values.ppi) };
  const people = values.feed === undefined ? syntheticPeople() : await peopleOfFolder(values.feed, resolution);
  const most = values.impressions === undefined ? Number.POSITIVE_INFINITY : Number(values.impressions);
  await mkdir(out, { recursive: true });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'ridgeway-demo-'));
  const { version } = JSON.parse(await readFile(path.join(PROJECT, 'package.json'), 'utf8'));
  try {
    const figures = await runDemo({
      people: people.map((person) => ({ ...person, impressions: person.impressions.slice(0, most + 1) })),
      faults: values.fault,
      isThroughGateway: values.provider === 'gateway',
      dataFolder,
      rendererFolder,
      screenshotFolder: out,
      version,
      onProgress: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures));
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof FeedFault) && !(error instanceof ImageFault)) throw error;
  console.error(
    error instanceof ImageFault ? `The feed cannot be used (${error.message}). See --feed and --ppi.` : error.message,
  );
  process.exitCode = 2;
}
