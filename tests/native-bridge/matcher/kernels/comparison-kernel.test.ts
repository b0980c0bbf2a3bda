import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CELL_LANES,
  FLOW_AT,
  FLOW_VALIDITY_AT,
  PACKED_BYTES,
  PACKED_LANES,
  SQUARES_AT,
  VALIDITY_AT,
} from '../../../../native-bridge/matcher/kernels/cylinder-layout.ts';
import type { ComparisonKernel } from '../../../../native-bridge/matcher/kernels/comparison-kernel.ts';
import {
  createReferenceComparisonKernel,
  loadWasmComparisonKernel,
} from '../../../../native-bridge/matcher/kernels/load-comparison-kernel.ts';

const wasm = loadWasmComparisonKernel();
const [PROBE, RECORD, TARGET] = [4096, 100_032, 200_000];

const cylinder = fc.record({
  values: fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 312, maxLength: 312 }),
  flow: fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 104, maxLength: 104 }),
  squares: fc.array(fc.integer({ min: 0, max: 24_193 }), { minLength: 52, maxLength: 52 }),
  validity: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 52, maxLength: 52 }),
  flowValidity: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 52, maxLength: 52 }),
});
type Cylinder = typeof cylinder extends fc.Arbitrary<infer T> ? T : never;
const finger = fc.array(cylinder, { minLength: 1, maxLength: 5 });

function lay(memory: ArrayBuffer, at: number, cylinders: readonly Cylinder[]): void {
  const lanes = new Int16Array(memory, at, cylinders.length * PACKED_LANES).fill(0);
  for (const [index, { values, flow, squares, validity, flowValidity }] of cylinders.entries()) {
    lanes.set(values, index * PACKED_LANES);
    lanes.set(flow, index * PACKED_LANES + FLOW_AT);
    lanes.set(squares, index * PACKED_LANES + SQUARES_AT);
    lanes.set(validity, index * PACKED_LANES + VALIDITY_AT);
    lanes.set(flowValidity, index * PACKED_LANES + FLOW_VALIDITY_AT);
  }
}

function run(kernel: ComparisonKernel, probe: readonly Cylinder[], record: readonly Cylinder[]): Float32Array {
  lay(kernel.memory, PROBE, probe);
  lay(kernel.memory, RECORD, record);
  kernel.similarities(PROBE, probe.length, RECORD, record.length, TARGET, 18);
  return new Float32Array(kernel.memory, TARGET, probe.length * record.length).slice();
}

describe.skipIf(wasm === undefined && process.env['CI'] === undefined)(
  'comparison kernel (skipped where npm run build:wasm was not run)',
  () => {
    test('similarities in WebAssembly equal the reference bit for bit', () => {
      fc.assert(
        fc.property(finger, finger, (probe, record) => {
          if (wasm === undefined) throw new Error('not built');
          expect([...run(wasm, probe, record)]).toEqual([...run(createReferenceComparisonKernel(), probe, record)]);
        }),
        { numRuns: 40 },
      );
    });
  },
);

test('the layout in the AssemblyScript source is that of the TypeScript one', () => {
  expect([FLOW_AT * 2, SQUARES_AT * 2, CELL_LANES * 2, PACKED_BYTES]).toEqual([624, 832, 112, 1168]);
});

test('similarities are symmetric and lie between 0 and 1', () => {
  const kernel = createReferenceComparisonKernel();
  fc.assert(
    fc.property(cylinder, cylinder, (a, b) => {
      const [there] = run(kernel, [a], [b]);
      const [back] = run(kernel, [b], [a]);
      expect(there).toBe(back);
      expect(there).toBeGreaterThanOrEqual(0);
      expect(there).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});
