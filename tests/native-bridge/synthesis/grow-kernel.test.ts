import { readFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import type { GrowKernel } from '../../../native-bridge/synthesis/kernels/grow-step.ts';
import { createWasmGrowKernel } from '../../../native-bridge/synthesis/kernels/load-grow-kernel.ts';
import { createReferenceGrowKernel } from '../../../native-bridge/synthesis/kernels/reference-grow-kernel.ts';
import { FIELD_LIMIT, ORIENTATION_STEPS, PERIOD_STEPS } from '../../../native-bridge/synthesis/parameters.ts';
import { SeededRandom } from '../../../native-bridge/synthesis/seeded-random.ts';

const SOURCE = 'native-bridge/synthesis/kernels/assembly/grow.ts';

async function compileKernel(): Promise<Uint8Array> {
  let module: Uint8Array | undefined;
  const flags = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--importMemory'];
  const { error } = await asc.main([SOURCE, '--outFile', 'grow.wasm', ...flags], {
    readFile: (name, baseDir) => readFile(path.resolve(baseDir, name), 'utf8').catch(() => null),
    writeFile: (_, contents) => {
      module = contents as Uint8Array;
    },
    listFiles: () => null,
  });
  if (error || module === undefined) throw error ?? new Error('nothing was compiled');
  return module;
}

/** Sets random filters and cells over odd row ranges, one of them empty, and grows. */
function grown(kernel: GrowKernel, cells: 'noise' | 'extremes'): Int16Array {
  const random = new SeededRandom(5, cells);
  const { layout, field, filterNumbers, starts, ends } = kernel;
  for (let i = 0; i < filterNumbers.length; i++) filterNumbers[i] = random.below(PERIOD_STEPS * ORIENTATION_STEPS);
  for (let row = 0; row < layout.rows; row++) {
    starts[row] = row % 7;
    ends[row] = row === 40 ? starts[row] : layout.columns - (row % 5);
    for (let column = starts[row]; column < ends[row]; column++) {
      const cell = cells === 'noise' ? random.normal(0, 600) : (random.share() < 0.5 ? -1 : 1) * FIELD_LIMIT;
      field[layout.origin + row * layout.stride + column] = Math.round(cell);
    }
  }
  kernel.grow(4);
  return field.slice();
}

test('the WebAssembly kernel grows the same integers as the reference, cell for cell', async () => {
  const code = await compileKernel();
  for (const cells of ['noise', 'extremes'] as const) {
    const expected = grown(createReferenceGrowKernel(), cells);
    const actual = grown(createWasmGrowKernel(code), cells);
    expect(Buffer.compare(Buffer.from(actual.buffer), Buffer.from(expected.buffer))).toBe(0);
    expect(expected.some((cell) => cell !== 0)).toBe(true);
  }
});
