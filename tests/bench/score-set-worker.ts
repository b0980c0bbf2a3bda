import { parentPort, workerData } from 'node:worker_threads';
import { scoreSet } from '../support/matcher/score-set.ts';

const { directory, resolutionPpi } = workerData;
parentPort?.postMessage(await scoreSet(directory, resolutionPpi));
