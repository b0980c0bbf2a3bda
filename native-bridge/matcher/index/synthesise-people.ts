import { createExtractor } from '../extract/extract-template.ts';
import { createTaskControl } from './task-control.ts';
import type { SynthesisedPerson, SynthesisTask } from './worker-tasks.ts';

/** Impressions that are tried before a finger is left out; a made-up finger is rarely refused once. */
const ATTEMPTS = 3;

/**
 * Makes up people, takes an impression of each finger and extracts it, until nobody is left. The generator is loaded only
 * here: a station that was given its galleries never runs it.
 */
export async function synthesisePeople(task: SynthesisTask): Promise<readonly SynthesisedPerson[]> {
  const { fingerOfPerson } = await import('../../synthesis/person.ts');
  const { takeImpression } = await import('../../synthesis/take-impression.ts');
  const control = createTaskControl(task.control);
  const extractor = createExtractor();
  const people: SynthesisedPerson[] = [];
  for (let index = control.take(); index < task.seeds.length && !control.isStopped; index = control.take()) {
    const fingers = task.positions.flatMap((position) => {
      const finger = fingerOfPerson(task.runSeed, task.seeds[index], position);
      for (let impression = 0; impression < ATTEMPTS; impression += 1) {
        const extraction = extractor.extract(takeImpression(finger, impression));
        if (extraction.kind === 'extracted') return [{ position, template: extraction.template }];
      }
      return [];
    });
    people.push({ index, fingers });
    control.report(1);
  }
  extractor.clear();
  return people;
}
