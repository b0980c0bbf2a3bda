import type { FingerCylinders } from './finger-cylinders.ts';
import {
  READ_SLACK_BYTES,
  SCRATCH_BYTES,
  type FilterKernel,
  type FilterLimits,
  type VerifyLimits,
} from './filter-kernel.ts';
import { ANGLE_STEPS, CODE_BYTES, FILTER_BLOCK_PEOPLE, MAXIMUM_INDEXED_CYLINDERS } from './parameters.ts';
import type { ShardView } from './shard-layout.ts';

/** One finger of a shard. */
export interface FingerPlace {
  readonly shard: ShardView;
  readonly finger: number;
}

/** Votes on fingers of a gallery: copies them into the kernel's memory and reads its votes. */
export interface FilterBlock {
  readonly implementation: FilterKernel['implementation'];
  /** Votes of one probe finger for fingers `first` to before `last` of a shard, at most `FILTER_BLOCK_PEOPLE`. A view, until the next call. */
  vote(probe: FingerCylinders, shard: ShardView, first: number, last: number, limits: FilterLimits): Uint16Array;
  /** Scores of one probe finger for a list of fingers, at most `FILTER_BLOCK_PEOPLE`. A view, until the next call. */
  verify(probe: FingerCylinders, fingers: readonly FingerPlace[], limits: VerifyLimits): Uint16Array;
  /** Zeroes everything that held anything of the probe. */
  clear(): void;
}

const MOST_CYLINDERS = FILTER_BLOCK_PEOPLE * MAXIMUM_INDEXED_CYLINDERS;

function layOut(): { readonly [Part in keyof typeof SIZES]: number } & { readonly totalBytes: number } {
  // The first kilobyte stays free: the compiler of the kernel may keep constants there.
  let end = 1024;
  const place = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const places = {
    probeCodes: place(SIZES.probeCodes),
    probeAngle: place(SIZES.probeAngle),
    probeX: place(SIZES.probeX),
    probeY: place(SIZES.probeY),
    scratch: place(SIZES.scratch),
    votes: place(SIZES.votes),
    turns: place(SIZES.turns),
    starts: place(SIZES.starts),
    codes: place(SIZES.codes),
    angle: place(SIZES.angle),
    x: place(SIZES.x),
    y: place(SIZES.y),
  };
  return { ...places, totalBytes: end + READ_SLACK_BYTES };
}

const SIZES = {
  probeCodes: MAXIMUM_INDEXED_CYLINDERS * CODE_BYTES,
  probeAngle: MAXIMUM_INDEXED_CYLINDERS,
  probeX: MAXIMUM_INDEXED_CYLINDERS * 2,
  probeY: MAXIMUM_INDEXED_CYLINDERS * 2,
  scratch: SCRATCH_BYTES,
  votes: FILTER_BLOCK_PEOPLE * 2,
  turns: ANGLE_STEPS * 4,
  starts: (FILTER_BLOCK_PEOPLE + 1) * 4,
  codes: MOST_CYLINDERS * CODE_BYTES,
  angle: MOST_CYLINDERS,
  x: MOST_CYLINDERS * 2,
  y: MOST_CYLINDERS * 2,
} as const;

/** Where everything lies in a filter's memory, and how large that must be. */
export const FILTER_LAYOUT = layOut();

/** Uses a kernel whose memory has at least `FILTER_LAYOUT.totalBytes`. */
export function createFilterBlock(kernel: FilterKernel): FilterBlock {
  const at = FILTER_LAYOUT;
  const bytes = new Uint8Array(kernel.memory);
  const i16 = new Int16Array(kernel.memory);
  const i32 = new Int32Array(kernel.memory);
  const votes = new Uint16Array(kernel.memory, at.votes, FILTER_BLOCK_PEOPLE);
  for (let step = 0; step < ANGLE_STEPS; step += 1) {
    const turnRad = (step / ANGLE_STEPS) * 2 * Math.PI;
    i16[at.turns / 2 + step * 2] = Math.round(Math.cos(turnRad) * 2 ** 14);
    i16[at.turns / 2 + step * 2 + 1] = Math.round(Math.sin(turnRad) * 2 ** 14);
  }

  function loadProbe(probe: FingerCylinders): void {
    bytes.set(probe.codes, at.probeCodes);
    bytes.set(probe.angle, at.probeAngle);
    i16.set(probe.x, at.probeX / 2);
    i16.set(probe.y, at.probeY / 2);
  }

  /** Copies the cylinders `from` to before `to` of a shard behind the `index` that are there already. */
  function loadCylinders(shard: ShardView, from: number, to: number, index: number): void {
    bytes.set(shard.codes.subarray(from * CODE_BYTES, to * CODE_BYTES), at.codes + index * CODE_BYTES);
    bytes.set(shard.angle.subarray(from, to), at.angle + index);
    i16.set(shard.x.subarray(from, to), at.x / 2 + index);
    i16.set(shard.y.subarray(from, to), at.y / 2 + index);
  }

  return {
    implementation: kernel.implementation,
    vote(probe, shard, first, last, limits) {
      loadProbe(probe);
      i32.set(shard.cylinderStart.subarray(first, last + 1), at.starts / 4);
      loadCylinders(shard, shard.cylinderStart[first], shard.cylinderStart[last], 0);
      kernel.vote({ ...at, probeCount: probe.count, fingers: last - first }, limits);
      return votes.subarray(0, last - first);
    },
    verify(probe, fingers, limits) {
      loadProbe(probe);
      let index = 0;
      i32[at.starts / 4] = 0;
      fingers.forEach(({ shard, finger }, place) => {
        const from = shard.cylinderStart[finger];
        const to = shard.cylinderStart[finger + 1];
        loadCylinders(shard, from, to, index);
        index += to - from;
        i32[at.starts / 4 + place + 1] = index;
      });
      kernel.verify({ ...at, probeCount: probe.count, fingers: fingers.length }, limits);
      return votes.subarray(0, fingers.length);
    },
    clear() {
      bytes.fill(0, at.probeCodes, at.turns);
    },
  };
}
