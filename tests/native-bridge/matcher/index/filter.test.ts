import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeTemplate } from '../../../../native-bridge/matcher/template/template-codec.ts';
import { encodeCylinders } from '../../../../native-bridge/matcher/index/encode-cylinders.ts';
import {
  createFilterBlock,
  FILTER_LAYOUT,
  type FilterBlock,
} from '../../../../native-bridge/matcher/index/filter-block.ts';
import { VERIFY_LIMITS, VOTE_LIMITS } from '../../../../native-bridge/matcher/index/filter-people.ts';
import type { FilterKernel } from '../../../../native-bridge/matcher/index/filter-kernel.ts';
import { createFilterReference } from '../../../../native-bridge/matcher/index/filter-reference.ts';
import { createWasmFilter } from '../../../../native-bridge/matcher/index/load-filter.ts';
import { createShardBuilder } from '../../../../native-bridge/matcher/index/shard-builder.ts';
import { indexBytesOf, viewShard, type ShardView } from '../../../../native-bridge/matcher/index/shard-layout.ts';
import { statisticalFinger, statisticalImpression } from '../../../support/matcher/statistical-finger.ts';
import { buildWasm } from '../../../support/matcher/build-wasm.ts';

const FINGERS = 40;
let shard: ShardView;
let kernels: readonly FilterKernel[] = [];
let blocks: readonly FilterBlock[] = [];

function shardOf(templates: readonly Uint8Array[]): ShardView {
  const builder = createShardBuilder();
  templates.forEach((template, index) => builder.add({ reference: `${index}`, fingers: [{ position: 2, template }] }));
  const bytes = builder.build();
  return viewShard(bytes.subarray(0, indexBytesOf(bytes)));
}

beforeAll(async () => {
  await buildWasm();
  const code = readFileSync(new URL('../../../../.out/wasm/gallery-filter.wasm', import.meta.url));
  kernels = [createWasmFilter(code, FILTER_LAYOUT.totalBytes), createFilterReference(FILTER_LAYOUT.totalBytes)];
  blocks = kernels.map((kernel) => createFilterBlock(kernel));
  shard = shardOf(Array.from({ length: FINGERS }, (_, index) => encodeTemplate(statisticalFinger(index))));
});

function impression(finger: number, seed: number, turnRad: number, shiftX: number, shiftY: number): Uint8Array {
  const change = { turnRad, shiftX, shiftY, placeNoisePx: 1.5, angleNoiseRad: 0.05, missing: 0.15, spurious: 0.1 };
  return encodeTemplate(statisticalImpression(statisticalFinger(finger), seed, change));
}

describe('the filter', () => {
  test('gives the same votes in WebAssembly and in TypeScript, whatever the probe, the fingers and the limits', () => {
    expect(blocks.map((block) => block.implementation)).toEqual(['wasm-simd', 'typescript']);
    fc.assert(
      fc.property(
        fc.nat(FINGERS - 1),
        fc.nat(),
        fc.double({ min: -3.2, max: 3.2, noNaN: true }),
        fc.record({
          turnBuckets: fc.nat(15),
          reachBits: fc.integer({ min: 20, max: 256 }),
          shiftLimitPx: fc.nat(60),
          turnLimitSteps: fc.nat(40),
        }),
        fc.nat(FINGERS - 1),
        (finger, seed, turnRad, limits, first) => {
          const probe = encodeCylinders(impression(finger, seed, turnRad, 30, -20));
          const [votes, expected] = blocks.map((block) => [...block.vote(probe, shard, first, FINGERS, limits)]);
          expect(votes).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('scores the same in both when it verifies, whatever the probe and the limits', () => {
    fc.assert(
      fc.property(
        fc.nat(FINGERS - 1),
        fc.nat(),
        fc.double({ min: -0.8, max: 0.8, noNaN: true }),
        fc.record({
          turnBuckets: fc.nat(8),
          reachBits: fc.integer({ min: 40, max: 256 }),
          shiftLimitPx: fc.nat(40),
          turnLimitSteps: fc.nat(20),
          rounds: fc.nat(4),
          wideLimitPx: fc.integer({ min: 1, max: 40 }),
          closeLimitPx: fc.integer({ min: 1, max: 40 }),
          angleLimitSteps: fc.nat(127),
          overlapPx: fc.integer({ min: 1, max: 120 }),
          likenessBits: fc.integer({ min: 1, max: 256 }),
          turnPriorPx2: fc.nat(1000),
          scoreScale: fc.constantFrom(1, 400, 5000),
          voteScale: fc.constantFrom(0, 0.5, 3),
        }),
        fc.array(fc.nat(FINGERS - 1), { minLength: 1, maxLength: 20 }),
        (finger, seed, turnRad, limits, listed) => {
          const probe = encodeCylinders(impression(finger, seed, turnRad, 30, -20));
          const places = [finger, ...listed].map((index) => ({ shard, finger: index }));
          const [scores, expected] = blocks.map((block) => [...block.verify(probe, places, limits)]);
          expect(scores).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('when it verifies, sets a finger far above others', () => {
    const places = Array.from({ length: FINGERS }, (_, index) => ({ shard, finger: index }));
    for (let finger = 0; finger < FINGERS; finger += 1) {
      const probe = encodeCylinders(impression(finger, finger + 2000, 0.5 * Math.sin(finger), 40, 25));
      const scores = [...blocks[0].verify(probe, places, VERIFY_LIMITS)];
      const others = scores.filter((_, index) => index !== finger);
      expect(scores[finger]).toBeGreaterThan(3 * Math.max(...others));
    }
  });

  test('gives a moved and turned impression more votes to its own finger than to any other', () => {
    const first = blocks[0];
    for (let finger = 0; finger < FINGERS; finger += 1) {
      const probe = encodeCylinders(impression(finger, finger + 1000, 0.4 * Math.sin(finger), 40, 25));
      const votes = [...first.vote(probe, shard, 0, FINGERS, VOTE_LIMITS)];
      expect(votes.indexOf(Math.max(...votes))).toBe(finger);
    }
  });

  test('gives a finger without cylinders no vote, and none from one', () => {
    const bare = { ...statisticalFinger(1), minutiae: [] };
    const mixed = shardOf([
      encodeTemplate(statisticalFinger(0)),
      encodeTemplate(bare),
      encodeTemplate(statisticalFinger(2)),
    ]);
    for (const block of blocks) {
      const votes = block.vote(encodeCylinders(encodeTemplate(statisticalFinger(2))), mixed, 0, 3, VOTE_LIMITS);
      expect(votes[1]).toBe(0);
      expect(votes[2]).toBeGreaterThan(votes[0]);
      expect([...block.vote(encodeCylinders(encodeTemplate(bare)), mixed, 0, 3, VOTE_LIMITS)]).toEqual([0, 0, 0]);
    }
  });

  test('leaves nothing of a probe in its memory', () => {
    kernels.forEach((kernel, index) => {
      const block = blocks[index];
      block.vote(encodeCylinders(impression(3, 3, 0, 0, 0)), shard, 0, FINGERS, VOTE_LIMITS);
      const held = new Uint8Array(
        kernel.memory,
        FILTER_LAYOUT.probeCodes,
        FILTER_LAYOUT.turns - FILTER_LAYOUT.probeCodes,
      );
      expect(held.some((byte) => byte !== 0)).toBe(true);
      block.clear();
      expect(held.every((byte) => byte === 0)).toBe(true);
    });
  });
});
