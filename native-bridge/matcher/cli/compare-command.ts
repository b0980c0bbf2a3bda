import { open, readFile } from 'node:fs/promises';
import { readImageFile } from '../../image/read-image.ts';
import { createComparer } from '../compare/comparer.ts';
import { createExtractor } from '../extract/extract-template.ts';
import type { Extractor } from '../extract/extractor.ts';
import { commandArguments } from './command-arguments.ts';
import { UsageFault } from './usage-fault.ts';

async function isTemplateFile(path: string): Promise<boolean> {
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(3), 0, 3, 0);
  return bytesRead === 3 && buffer.toString('latin1') === 'RWT';
}

async function templateOf(
  path: string,
  resolutionPpi: number | undefined,
  extractor: Extractor,
): Promise<Uint8Array | undefined> {
  if (await isTemplateFile(path)) return readFile(path);
  const extraction = extractor.extract(await readImageFile(path, { resolutionPpi }));
  return extraction.kind === 'extracted' ? extraction.template : undefined;
}

/** `matcher compare A B`: prints the score of two images or template files; 0 when one of them is unusable. */
export async function compareCommand(args: readonly string[]): Promise<void> {
  const { operands, resolutionPpi } = commandArguments(args);
  const [first, second] = operands;
  if (first === undefined || second === undefined || operands.length > 2)
    throw new UsageFault('compare takes two files');
  const extractor = createExtractor();
  const probe = await templateOf(first, resolutionPpi, extractor);
  const record = await templateOf(second, resolutionPpi, extractor);
  const comparer = createComparer();
  const score = probe && record ? comparer.compare(comparer.prepare(probe), comparer.prepare(record)) : 0;
  process.stdout.write(
    `${JSON.stringify({ score: Number(score.toFixed(4)), usable: [probe !== undefined, record !== undefined] })}\n`,
  );
}
