import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isSound,
  transactionState,
  type TransactionState,
} from '../../../../electron/search/gateway/gateway-answers.ts';

const SEARCHED = { origin: 'a gateway', galleryDate: '2026-11-01T00:00:00.000Z', people: 1_000 };
const MATCH: TransactionState = {
  profile: 'ridgeway-gateway/1',
  transaction: '6a1f2f3e-8f0b-4c37-9a43-0d0a9f3f7a11-P',
  check: 'RW-2026-000001',
  database: 'police',
  state: 'ended',
  result: { kind: 'match', candidates: [{ reference: '2018/9000001A', likelihood: 'strong' }], searched: SEARCHED },
};

test('a match with one byte altered is never read as no match', () => {
  const text = Buffer.from(JSON.stringify(MATCH));
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.nat(255), (at, byte) => {
      const altered = Buffer.from(text);
      altered[at] = byte;
      let parsed: unknown;
      try {
        parsed = JSON.parse(altered.toString('utf8'));
      } catch {
        return;
      }
      const read = transactionState.safeParse(parsed);
      if (read.success) expect(read.data).toMatchObject({ state: 'ended', result: { kind: 'match' } });
    }),
    { numRuns: 3_000 },
  );
});

test('whatever JSON comes is an answer of the profile or none, and never an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(transactionState.safeParse(value).success).toBe(false);
    }),
  );
});

test('a field that the profile does not have makes an answer unreadable, wherever it is', () => {
  const { result, ...rest } = MATCH as Extract<TransactionState, { state: 'ended' }>;
  const wider: unknown[] = [
    { ...MATCH, name: 'SMITH' },
    { ...rest, result: { ...result, nationality: 'X' } },
    { ...rest, result: { ...result, searched: { ...SEARCHED, by: 'X' } } },
    { ...rest, result: { ...result, candidates: [{ reference: 'X', likelihood: 'strong', name: 'SMITH' }] } },
  ];
  expect(wider.map((one) => transactionState.safeParse(one).success)).toEqual([false, false, false, false]);
  expect(transactionState.safeParse(MATCH).success).toBe(true);
});

test('a match whose best candidate is only possible, or that names a record twice, contradicts itself', () => {
  const strong = { reference: 'X', likelihood: 'strong' } as const;
  const possible = { reference: 'Y', likelihood: 'possible' } as const;
  expect(isSound({ kind: 'match', candidates: [strong, possible], searched: SEARCHED })).toBe(true);
  expect(isSound({ kind: 'match', candidates: [possible], searched: SEARCHED })).toBe(false);
  expect(isSound({ kind: 'possible-match', candidates: [strong, strong], searched: SEARCHED })).toBe(false);
});
