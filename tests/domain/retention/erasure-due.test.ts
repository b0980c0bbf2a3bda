import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erasureReceipt } from '../../../electron/contract/checks.ts';
import { erasureDue, isErasureDue } from '../../../electron/domain/retention/erasure-due.ts';
import { erasureScope } from '../../../electron/domain/retention/erasure-scope.ts';

const EXPIRES_AT_MS = 1_000_000;
const BEFORE_MS = EXPIRES_AT_MS - 1;
const STATES = ['queued', 'searching', 'answered'] as const;
const REASONS = erasureReceipt.shape.why.options;

describe('when prints must be destroyed', () => {
  test('before the search and within the time to live they may be held', () => {
    expect(erasureDue({ wayOut: null, databases: null, expiresAtMs: EXPIRES_AT_MS }, BEFORE_MS)).toBeNull();
  });

  test.each(STATES.flatMap((police) => STATES.map((immigration) => [police, immigration] as const)))(
    'police %s and immigration %s: destroyed exactly when both have answered',
    (police, immigration) => {
      const due = erasureDue(
        { wayOut: null, databases: { police, immigration }, expiresAtMs: EXPIRES_AT_MS },
        BEFORE_MS,
      );

      expect(due).toBe(police === 'answered' && immigration === 'answered' ? 'answers-complete' : null);
    },
  );

  test('at the moment when the time to live ends they are destroyed, searched or not', () => {
    for (const databases of [null, { police: 'answered', immigration: 'searching' } as const]) {
      expect(erasureDue({ wayOut: null, databases, expiresAtMs: EXPIRES_AT_MS }, EXPIRES_AT_MS)).toBe('time-spent');
    }
  });

  test('a time that is not a number counts as spent', () => {
    expect(erasureDue({ wayOut: null, databases: null, expiresAtMs: Number.NaN }, 0)).toBe('time-spent');
  });

  test.each(REASONS)('the way out "%s" destroys them at once, whatever the databases do', (wayOut) => {
    for (const state of STATES) {
      const held = { wayOut, databases: { police: state, immigration: state }, expiresAtMs: EXPIRES_AT_MS };
      expect(erasureDue(held, 0)).toBe(wayOut);
      expect(isErasureDue(held, 0)).toBe(true);
    }
  });

  test('over all orders of events they are held until both answers, the end of time or a way out, and never after', () => {
    const event = fc.constantFrom('police-answers', 'immigration-answers', 'time-ends', 'officer-abandons', 'nothing');
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const seen = new Set<string>();
        for (const happened of events) {
          seen.add(happened);
          const held = {
            wayOut: seen.has('officer-abandons') ? ('abandoned' as const) : null,
            databases: {
              police: seen.has('police-answers') ? ('answered' as const) : ('searching' as const),
              immigration: seen.has('immigration-answers') ? ('answered' as const) : ('queued' as const),
            },
            expiresAtMs: EXPIRES_AT_MS,
          };
          const mustGo =
            seen.has('officer-abandons') ||
            seen.has('time-ends') ||
            (seen.has('police-answers') && seen.has('immigration-answers'));
          expect(isErasureDue(held, seen.has('time-ends') ? EXPIRES_AT_MS : BEFORE_MS)).toBe(mustGo);
        }
      }),
    );
  });
});

describe('what must be destroyed', () => {
  test('a retake or a failed capture destroys that finger, the end of a search what it encoded, every other reason the whole check', () => {
    const ofOneFinger = REASONS.filter((reason) => erasureScope(reason) === 'finger');

    expect(ofOneFinger).toEqual(['retaken', 'capture-failed', 'test-ended']);
    expect(REASONS.filter((reason) => erasureScope(reason) === 'search')).toEqual(['sending-ended']);
  });

  test('a reason that the contract does not know is a fault', () => {
    expect(() => erasureScope('kept' as never)).toThrow('"kept"');
  });
});
