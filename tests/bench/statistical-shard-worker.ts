import { parentPort, workerData } from 'node:worker_threads';
import { createShardBuilder } from '../../native-bridge/matcher/index/shard-builder.ts';
import { SHARD_PEOPLE } from '../../native-bridge/matcher/index/parameters.ts';
import { statisticalTemplate } from '../support/matcher/statistical-finger.ts';

/** What one worker builds: people `first` to before `last` of a population of statistical people. */
export interface ShardWork {
  readonly first: number;
  readonly last: number;
  readonly seed: number;
}

const { first, last, seed }: ShardWork = workerData;
const builder = createShardBuilder();
for (let person = first; person < last; person += 1) {
  // Odd multipliers keep the seeds of people, and of a person's two fingers, apart.
  const right = statisticalTemplate(Math.imul(person * 2 + 1, 2_654_435_761) + seed);
  const left = statisticalTemplate(Math.imul(person * 2 + 2, 2_654_435_761) + seed);
  const fingers = [
    { position: 2, template: right },
    { position: 7, template: left },
  ] as const;
  builder.add({ reference: `background-${person}`, fingers });
  if (builder.people === SHARD_PEOPLE || person === last - 1) {
    const bytes = builder.build();
    parentPort?.postMessage(bytes, [bytes.buffer]);
  }
}
