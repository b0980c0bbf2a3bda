import { writeFile } from 'node:fs/promises';
import { readImageFile } from '../../image/read-image.ts';
import { createExtractor } from '../extract/extract-template.ts';
import { commandArguments } from './command-arguments.ts';
import { UsageFault } from './usage-fault.ts';

/** `matcher extract IMAGE --out FILE`: writes the template and prints what was found; fails when the image is unusable. */
export async function extractCommand(args: readonly string[]): Promise<void> {
  const { operands, out, resolutionPpi } = commandArguments(args);
  const [imagePath] = operands;
  if (imagePath === undefined || operands.length > 1 || out === undefined)
    throw new UsageFault('extract takes one IMAGE and --out FILE');
  const extraction = createExtractor().extract(await readImageFile(imagePath, { resolutionPpi }));
  if (extraction.kind === 'unusable') {
    process.stdout.write(`${JSON.stringify(extraction)}\n`);
    process.exitCode = 3;
    return;
  }
  await writeFile(out, extraction.template);
  const { minutiae, quality, template } = extraction;
  process.stdout.write(`${JSON.stringify({ kind: 'extracted', minutiae, quality, bytes: template.length })}\n`);
}
