import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { DatabaseStatus } from '../../search/search-provider.ts';
import { startLoopbackHost, type LoopbackHost } from './loopback-host.ts';
import { parseLoopbackOptions, UsageFault } from './options.ts';
import { USAGE } from './usage.ts';
import { readMachinePolicy, readSettingsFile } from '../../config/read-machine-policy.ts';
import { startSentence } from '../../operations/start-sentence.ts';

const ROOT = new URL('../../../', import.meta.url);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')));

function showUsers({ station }: LoopbackHost): void {
  if (station.firstUsers.length === 0) return;
  console.log('\nThis station is new. These passwords are shown once; each is changed at first use:\n');
  for (const { firstPassword, user } of station.firstUsers) {
    console.log(`  ${user.userName.padEnd(10)} ${firstPassword}   (${user.role})`);
  }
}

function shareOf(status: DatabaseStatus): number {
  return status.kind === 'preparing' ? status.preparedShare : 1;
}

/** Shows how far the galleries are; says nothing when they were there already. */
async function showGalleries(host: LoopbackHost): Promise<void> {
  const { station } = host;
  const bar = new SingleBar({ format: 'Making synthetic galleries [{bar}] {percentage} %', clearOnComplete: false });
  let isShown = false;
  const stop = station.onStatus(({ police }) => {
    if (police.kind !== 'preparing') return;
    if (!isShown) bar.start(100, 0);
    isShown = true;
    bar.update(Math.floor(shareOf(police) * 100));
  });
  await station.galleriesSettled;
  stop();
  if (!isShown) return;
  bar.update(100);
  bar.stop();
}

async function main(): Promise<void> {
  const options = parseLoopbackOptions(process.argv.slice(2));
  const rendererFolder = fileURLToPath(new URL('.out/renderer/', ROOT));
  const machinePolicy = await readMachinePolicy(options.policyFile ?? undefined);
  const settingsFile = await readSettingsFile(options.dataFolder);
  const host = await startLoopbackHost({ ...options, version, rendererFolder, machinePolicy, settingsFile });
  let isStopping = false;
  const stop = (): void => {
    // A second signal must not wait for the first.
    if (isStopping) process.exit(1);
    isStopping = true;
    host.station.zeroiseEverythingNow();
    void host[Symbol.asyncDispose]().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  showUsers(host);
  console.log(`\nOpen this address, once, in a browser on this computer:\n\n  ${host.address}\n`);
  await showGalleries(host);
  console.log('The station is ready. Ctrl+C ends it.');
}

try {
  if (process.argv.includes('--help')) console.log(USAGE);
  else await main();
} catch (error) {
  console.error(error instanceof UsageFault ? error.message : startSentence(error));
  process.exitCode = error instanceof UsageFault ? 2 : 1;
}
