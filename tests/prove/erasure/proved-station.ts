import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { hostReady, type HostCommand, type HostReady } from './host-commands.ts';

const STATION = new URL('./station-process.ts', import.meta.url);

/** A station in a process of its own, and the way to speak to it. */
export class ProvedStation implements AsyncDisposable {
  readonly ready: HostReady;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, ready: HostReady) {
    this.#child = child;
    this.#lines = lines;
    this.ready = ready;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /** Starts one whose temporary files lie in `temporaryFolder`; waits until its galleries are made. */
  static async start(
    dataFolder: string,
    rendererFolder: string,
    temporaryFolder: string,
    machinePolicy: unknown = null,
  ): Promise<ProvedStation> {
    const words = [STATION.pathname, dataFolder, rendererFolder, JSON.stringify(machinePolicy)];
    const child = spawn(process.execPath, words, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: temporaryFolder },
    });
    if (child.stdout === null) throw new Error('the station has no output');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error('the station ended before it was ready');
    return new ProvedStation(child, lines, hostReady.parse(JSON.parse(first.value)));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Gives a command and waits until it was obeyed. */
  async tell(command: HostCommand): Promise<void> {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
    if (command.do === 'close') return this.#ended;
    const answer = await this.#lines.next();
    if (answer.done === true) throw new Error(`the station ended instead of obeying ${command.do}`);
  }

  /** Ends the process as a loss of power would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill();
  }
}
