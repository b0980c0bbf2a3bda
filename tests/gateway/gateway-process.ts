import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  countedTransactions,
  gatewayReady,
  type CountedTransactions,
  type GatewayCommand,
  type GatewayReady,
} from './gateway-lines.ts';

const MAIN = new URL('./main.ts', import.meta.url);

/** The reference gateway in a process of its own, and the way to speak to it. */
export class GatewayProcess implements AsyncDisposable {
  readonly ready: GatewayReady;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, ready: GatewayReady) {
    this.#child = child;
    this.#lines = lines;
    this.ready = ready;
  }

  /** Starts one; the words are those of its command line. Waits until it listens. */
  static async start(words: readonly string[] = []): Promise<GatewayProcess> {
    const child = spawn(process.execPath, [MAIN.pathname, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (child.stdout === null) throw new Error('the gateway has no output');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error('the gateway ended before it listened');
    return new GatewayProcess(child, lines, gatewayReady.parse(JSON.parse(first.value)));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async plan(faults: Extract<GatewayCommand, { do: 'plan' }>['faults']): Promise<void> {
    await this.#tell({ do: 'plan', faults });
  }

  /** Forgets everything that was planned. */
  async clear(): Promise<void> {
    await this.#tell({ do: 'clear' });
  }

  async counted(): Promise<CountedTransactions> {
    return countedTransactions.parse(await this.#tell({ do: 'count' }));
  }

  /** One command at a time: answers carry no number. */
  #tell(command: GatewayCommand): Promise<unknown> {
    const told = this.#last.then(async () => {
      this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
      const answer = await this.#lines.next();
      if (answer.done === true) throw new Error(`the gateway ended instead of obeying ${command.do}`);
      return JSON.parse(answer.value) as unknown;
    });
    this.#last = told.catch(() => {});
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await exited;
  }
}
