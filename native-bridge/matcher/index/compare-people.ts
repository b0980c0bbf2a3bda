import { createComparer, fuseFingers, type Comparer, type PreparedTemplate } from '../compare/comparer.ts';
import { readTemplate, viewGallery, type PersonPlace } from './gallery-view.ts';
import { COMPARE_BLOCK_PEOPLE } from './parameters.ts';
import type { GalleryFile } from './sealed-file.ts';
import { createTaskControl } from './task-control.ts';
import type { CompareTask } from './worker-tasks.ts';
import { zeroNumbers } from './zero-numbers.ts';

interface PreparedProbe {
  readonly position: number;
  readonly prepared: PreparedTemplate;
}

/** The thread's comparer, made when it is first needed. */
let comparer: Comparer | undefined;

function scoreOf(compare: Comparer, probes: readonly PreparedProbe[], file: GalleryFile, place: PersonPlace): number {
  const scores: number[] = [];
  for (const { position, prepared } of probes) {
    const template = readTemplate(file, place, position);
    if (template !== undefined) scores.push(compare.compare(prepared, compare.prepare(template)));
  }
  return scores.length === 0 ? NaN : fuseFingers(scores);
}

/**
 * Compares people in full, a few at a time, until nobody is left or the search was stopped: the probe's finger of a
 * position with the record's finger of the same position, fused. A person without a finger in common scores NaN. Leaves
 * nothing of the probe behind.
 * @throws MatcherFault of the template codec when a template is none
 */
export function comparePeople(task: CompareTask): null {
  const control = createTaskControl(task.control);
  const compare = (comparer ??= createComparer());
  const gallery = viewGallery(task.gallery);
  const people = task.people && new Uint32Array(task.people);
  const scores = new Float64Array(task.scores);
  const probes: PreparedProbe[] = [];
  try {
    for (const { position, template, templateBytes } of task.fingers) {
      probes.push({ position, prepared: compare.prepare(new Uint8Array(template, 0, templateBytes)) });
    }
    for (let block = control.take(); !control.isStopped; block = control.take()) {
      const from = block * COMPARE_BLOCK_PEOPLE;
      const to = Math.min(scores.length, from + COMPARE_BLOCK_PEOPLE);
      if (from >= to) break;
      for (let index = from; index < to; index += 1) {
        const place = gallery.person(people?.[index] ?? index);
        scores[index] = place === undefined ? NaN : scoreOf(compare, probes, task.gallery.file, place);
      }
      control.report(to - from);
    }
  } finally {
    compare.clear();
    for (const { prepared } of probes) zeroNumbers(prepared);
    // The kernel's memory still holds the cylinders of the last probe that was compared.
    compare.clear();
  }
  return null;
}
