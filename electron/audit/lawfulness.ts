import type { ChainedEvent } from './chain.ts';

/** What the log can prove about the power, once its chain is whole. */
export type LawFault =
  | 'search-without-grounds'
  | 'buffer-taken-twice'
  | 'receipt-missing'
  | 'receipt-twice'
  | 'receipt-of-nothing';

export interface LawFinding {
  /** The number of the event that does not fit. */
  readonly sequence: number;
  readonly reason: LawFault;
}

/** Reads the events in order and says, at the end, what was unlawful. */
export interface LawfulnessCheck {
  see(event: ChainedEvent): void;
  /** The findings in the order of their events; an open check may still hold prints, an ended one may not. */
  findings(): readonly LawFinding[];
  /** Checks that were opened and have no end in the log. */
  readonly openChecks: number;
  readonly searches: number;
  readonly buffers: number;
}

interface HeldBuffer {
  readonly sequence: number;
  readonly reference: string | null;
}

/** Checks that every search had grounds, and that every buffer has exactly one receipt. Memory: one entry a buffer. */
export function createLawfulnessCheck(): LawfulnessCheck {
  const withGrounds = new Set<string>();
  const ended = new Set<string>();
  const opened = new Set<string>();
  const held = new Map<string, HeldBuffer>();
  const erased = new Set<string>();
  const found: LawFinding[] = [];
  let searches = 0;
  let buffers = 0;

  const take = (bufferId: string, event: ChainedEvent): void => {
    buffers += 1;
    if (held.has(bufferId) || erased.has(bufferId)) {
      found.push({ sequence: event.sequence, reason: 'buffer-taken-twice' });
      return;
    }
    held.set(bufferId, { sequence: event.sequence, reference: event.reference });
  };
  const erase = (bufferId: string, event: ChainedEvent): void => {
    if (held.get(bufferId)?.reference === event.reference) {
      held.delete(bufferId);
      erased.add(bufferId);
      return;
    }
    found.push({ sequence: event.sequence, reason: erased.has(bufferId) ? 'receipt-twice' : 'receipt-of-nothing' });
  };

  return {
    see(event) {
      switch (event.code) {
        case 'check-opened':
          if (event.reference !== null) opened.add(event.reference);
          return;
        case 'grounds-recorded':
          if (event.reference !== null) withGrounds.add(event.reference);
          return;
        case 'search-started':
        case 'search-retried':
          searches += 1;
          if (event.reference === null || !withGrounds.has(event.reference)) {
            found.push({ sequence: event.sequence, reason: 'search-without-grounds' });
          }
          return;
        case 'capture-taken':
        case 'buffer-taken':
          return take(event.details.bufferId, event);
        case 'print-erased':
          return erase(event.details.bufferId, event);
        case 'check-ended':
          if (event.reference !== null) ended.add(event.reference);
          return;
        default:
          return;
      }
    },
    findings() {
      const missing = [...held.values()].filter(({ reference }) => reference === null || ended.has(reference));
      return [...found, ...missing.map(({ sequence }) => ({ sequence, reason: 'receipt-missing' as const }))].sort(
        (one, other) => one.sequence - other.sequence,
      );
    },
    get openChecks() {
      return [...opened].filter((reference) => !ended.has(reference)).length;
    },
    get searches() {
      return searches;
    },
    get buffers() {
      return buffers;
    },
  };
}
