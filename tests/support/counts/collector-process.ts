import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { COLLECTOR_TOKEN } from './running-collector.ts';

/** The collector as a process of its own, which can be killed. */
export interface CollectorProcess {
  readonly address: string;
  readonly child: ChildProcess;
  /** Ends it at once, as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts `npm run collector` on a database; answers when it listens. Port 0 takes a free one. */
export async function collectorProcess(database: string, port = 0): Promise<CollectorProcess> {
  const child = spawn(
    process.execPath,
    ['tests/upstream/collector/main.ts', '--database', database, '--port', String(port)],
    { env: { ...process.env, RIDGEWAY_COLLECTOR_TOKEN: COLLECTOR_TOKEN }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { address } = JSON.parse(line) as { address: string };
    return {
      address,
      child,
      async kill() {
        child.kill('SIGKILL');
        await gone;
      },
    };
  }
  throw new Error('the collector ended before it listened');
}
