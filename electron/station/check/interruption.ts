import type { InterruptionReason, ResumeStage } from '../../contract/checks.ts';
import type { Stage } from './journey.machine.ts';

/** A check that stands still for its officer: why, since when, and where it goes on. */
export interface Interruption {
  readonly why: InterruptionReason;
  readonly since: string;
  readonly goesOnAt: ResumeStage;
}

/**
 * Where a check goes on that was interrupted at a stage, or null where there is nothing to interrupt. Prints that were
 * taken are gone, so a check that had begun to search goes back to taking them; answers that are in stay in.
 */
export function stageAfter(interrupted: Stage): ResumeStage | null {
  switch (interrupted) {
    case 'grounds':
    case 'words':
    case 'capture':
    case 'results':
      return interrupted;
    case 'searching':
      return 'capture';
    case 'interrupted':
    case 'closed':
      return null;
  }
}
