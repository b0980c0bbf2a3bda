/**
 * `npm start`: builds what is missing, then opens the station in Electron where its runtime is present or can be fetched,
 * and on the loopback address otherwise. Everything after `--` goes to the loopback host.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildRenderer } from './build-renderer.ts';
import { fetchElectronRuntime, findElectronRuntime, hasDisplay } from './electron-runtime.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
/** Words that only the loopback host understands: with one of them, it is the host that is wanted. */
const LOOPBACK_WORDS = ['--feed', '--fault', '--port', '--people', '--data', '--ppi', '--loopback'];

async function electronRuntime(): Promise<string | null> {
  if (!hasDisplay(process.platform, process.env)) return null;
  return (await findElectronRuntime(PROJECT)) ?? (await fetchElectronRuntime(PROJECT));
}

function run(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { cwd: PROJECT, stdio: 'inherit' });
  // The child gets the terminal's signals itself; this process only waits for it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`The station could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('close', (code) => (process.exitCode = code ?? 1));
}

const words = process.argv.slice(2);
const wantsHelp = words.includes('--help');
if (!wantsHelp) await buildRenderer(PROJECT);
const wantsLoopback = wantsHelp || words.some((word) => LOOPBACK_WORDS.includes(word.split('=')[0] ?? ''));
const electron = wantsLoopback ? null : await electronRuntime();
if (electron === null) {
  const reason = wantsLoopback ? 'as asked' : 'the Electron runtime or a display is not there';
  if (!wantsHelp) console.log(`Starting on the loopback address (${reason}).`);
  run(process.execPath, ['electron/hosts/loopback/main.ts', ...words.filter((word) => word !== '--loopback')]);
} else {
  const { bundleForElectron } = await import('./bundle-for-electron.ts');
  run(electron, [await bundleForElectron(PROJECT), ...words]);
}
