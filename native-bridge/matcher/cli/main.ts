import { compareCommand } from './compare-command.ts';
import { extractCommand } from './extract-command.ts';
import { scoresCommand } from './scores-command.ts';
import { UsageFault } from './usage-fault.ts';

const USAGE = `usage: matcher scores --images DIR [--ppi N] --out FILE
       matcher extract IMAGE [--ppi N] --out FILE
       matcher compare A B [--ppi N]      (images or template files)`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  scores: scoresCommand,
  extract: extractCommand,
  compare: compareCommand,
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
try {
  if (command === undefined) throw new UsageFault('name a command');
  await command(args);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  if (cause instanceof UsageFault) process.stderr.write(`${USAGE}\n`);
  process.exitCode = cause instanceof UsageFault ? 2 : 1;
}
