import type { WsqKernel } from '../../native-bridge/interchange/wsq/kernel.ts';
import { referenceKernel } from '../../native-bridge/interchange/wsq/reference-kernel.ts';
import { seededNumbers } from '../native-bridge/interchange/drawn-images.ts';
import { exerciseInterchange } from './exercise-interchange.ts';
import type { Seed } from './interchange-seeds.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** What a run found. */
export interface FuzzReport {
  readonly cases: number;
  /** How many files of each kind ended in each way. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Time of the clock or of the processor, whichever is less: on a shared machine the clock also counts waiting. */
  readonly slowestMs: number;
  readonly slowestCase: string;
}

/** Every so many files the reference kernel must agree with the compiled one. */
const REFERENCE_EVERY = 16;

/**
 * Damages and reads `cases` files, the number of the case being the seed. Stops at the first case that throws anything
 * but a typed fault. @throws Error naming the case
 */
export function runFuzz(seeds: readonly Seed[], cases: number, firstCase: number, kernel: WsqKernel): FuzzReport {
  const outcomes: Record<string, number> = {};
  let slowestMs = 0;
  let slowestCase = '';
  for (let number = firstCase; number < firstCase + cases; number += 1) {
    const random = seededNumbers(Math.imul(number, 0x0100_0193));
    const seed = seeds[Math.floor(random() * seeds.length)];
    const other = seeds[Math.floor(random() * seeds.length)];
    if (!seed || !other) throw new Error('there is no file to damage');
    const bytes = mutateBytes(seed.bytes, random, other.bytes);
    const label = `case ${number}, ${seed.name}`;
    const startedMs = performance.now();
    const startedCpu = process.cpuUsage();
    const outcome = attempt(label, () =>
      exerciseInterchange(seed.kind, bytes, number % REFERENCE_EVERY === 0 ? [kernel, referenceKernel] : [kernel]),
    );
    const tookMs = Math.min(performance.now() - startedMs, cpuMs(startedCpu));
    if (tookMs > slowestMs) [slowestMs, slowestCase] = [tookMs, label];
    const key = `${seed.kind} ${outcome}`;
    outcomes[key] = (outcomes[key] ?? 0) + 1;
  }
  return { cases, outcomes, slowestMs, slowestCase };
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function attempt(label: string, act: () => string): string {
  try {
    return act();
  } catch (cause) {
    throw new Error(`${label}: neither a typed fault nor a reading`, { cause });
  }
}
