import type { ErasureReason } from '../../contract/checks.ts';
import { unreachable } from '../unreachable.ts';

/**
 * Which buffers a reason destroys: those of one finger that is taken again, what one search had encoded, or every one of
 * the check. PACE 1984 s63Q [T]
 * reaches "any copies": image, preview and template alike, so the kind of a buffer never decides.
 */
export function erasureScope(reason: ErasureReason): 'finger' | 'search' | 'check' {
  switch (reason) {
    case 'retaken':
    case 'capture-failed':
    // An administrator's test holds one image and belongs to no check.
    case 'test-ended':
      return 'finger';
    case 'sending-ended':
      return 'search';
    case 'answers-complete':
    case 'declined':
    case 'abandoned':
    case 'time-spent':
    case 'signed-out':
    case 'locked':
    case 'suspended':
    case 'window-closed':
    case 'search-failed':
    case 'station-closing':
      return 'check';
    default:
      return unreachable(reason);
  }
}
