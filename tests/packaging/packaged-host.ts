/**
 * Runs a packaged application under plain Node, with the fake `electron` in the place of the real one, and prints one
 * JSON line: what its page was served and what its station answered, or, with `--self-test`, what the application's own
 * self-test says. Called with the application's folder and one for its data. A file that is missing from the package makes
 * it end with 1.
 */
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { StationContract } from '../../electron/contract/station-contract.ts';
import { happens, nextExit, record } from '../support/fake-electron.ts';

const FAKE = new URL('../support/fake-electron.ts', import.meta.url).href;
const ENTRY_FOLDER = 'electron/hosts/electron';

const [applicationFolder = '', dataFolder = '', mode = ''] = process.argv.slice(2);
const entries = path.join(applicationFolder, ENTRY_FOLDER);
const manifest: { version: string } = createRequire(import.meta.url)(path.join(applicationFolder, 'package.json'));

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: FAKE, shortCircuit: true } : next(specifier, context),
});
record.userData = dataFolder;
record.version = manifest.version;
record.readsPages = true;
// Electron's own: where the archive lies, and what is packed beside it.
Object.assign(process, { resourcesPath: path.dirname(applicationFolder) });

const port = new Promise<MessagePort>((resolve) => {
  const postMessage = (_message: unknown, _origin: string, [first]: MessagePort[]): void => {
    if (first !== undefined) resolve(first);
  };
  Object.assign(globalThis, { window: { location: { origin: 'app://station' }, postMessage } });
});

async function run(): Promise<boolean> {
  createRequire(import.meta.url)(path.join(entries, 'preload.cjs'));
  const early = nextExit().then((code) => {
    throw new Error(`the application ended with ${code}: ${record.dialogs.map(({ text }) => text).join(' ')}`);
  });
  await import(pathToFileURL(path.join(entries, 'main.js')).href);
  const opened = await Promise.race([port, early]);
  early.catch(() => {});

  const client: ContractRouterClient<StationContract> = createORPCClient(new RPCLink({ port: opened }));
  opened.start();
  const status = await client.station.status({});
  const shown = record.dialogs.find(({ kind }) => kind === 'box')?.text ?? '';
  const password = /^admin: +(.+)$/m.exec(shown)?.[1] ?? '';
  const { role } = await client.session.signIn({ userName: 'admin', password });
  const worker: Record<string, unknown> = await import(pathToFileURL(path.join(entries, 'matcher-worker.js')).href);
  const workerTasks = Object.keys(worker).toSorted();

  const exit = nextExit();
  happens.toApp('window-all-closed');
  const exitCode = await exit;
  console.log(JSON.stringify({ status, role, workerTasks, exitCode }));
  return exitCode === 0 && role === 'administrator' && workerTasks.length > 0;
}

/** The application prints its own line; whether this machine has a scanner is no matter of the package. */
async function runSelfTest(): Promise<boolean> {
  record.switches = ['self-test'];
  const exit = nextExit();
  await import(pathToFileURL(path.join(entries, 'main.js')).href);
  await exit;
  return true;
}

// The application listens for whatever nobody caught, so nothing may be left to that; and its threads may still be ending.
try {
  process.exit((await (mode === '--self-test' ? runSelfTest() : run())) ? 0 : 1);
} catch (fault) {
  console.error(fault);
  process.exit(1);
}
