import { parseArgs } from 'node:util';
import { UsageFault } from './usage-fault.ts';

/** The options that the matcher's commands share, read once. */
export interface CommandArguments {
  readonly images: string | undefined;
  readonly out: string | undefined;
  /** Resolution of images whose file names none, pixels per inch. */
  readonly resolutionPpi: number | undefined;
  readonly operands: readonly string[];
}

/** @throws UsageFault on an unknown option or a resolution that is no positive number. */
export function commandArguments(args: readonly string[]): CommandArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { images: { type: 'string' }, out: { type: 'string' }, ppi: { type: 'string' } },
      allowPositionals: true,
    });
    const resolutionPpi = values.ppi === undefined ? undefined : Number(values.ppi);
    if (resolutionPpi !== undefined && !(resolutionPpi > 0))
      throw new UsageFault(`--ppi ${values.ppi} is no resolution`);
    return { images: values.images, out: values.out, resolutionPpi, operands: positionals };
  } catch (cause) {
    if (cause instanceof UsageFault) throw cause;
    throw new UsageFault(cause instanceof Error ? cause.message : 'unknown option', { cause });
  }
}
