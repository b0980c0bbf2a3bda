import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProbeCustody, MAXIMUM_HELD_BYTES } from '../../../electron/custody/probe-custody.ts';
import { isAllZero } from '../../../electron/custody/zeroise.ts';

function custodyWithEyes() {
  const seen = new Map<string, SharedArrayBuffer>();
  let tick = 0;
  let drawn = 0;
  const custody = createProbeCustody({
    now: () => (tick += 1_000),
    uuid: () => `00000000-0000-4000-8000-${String((drawn += 1)).padStart(12, '0')}`,
    observer: (bufferId, buffer) => seen.set(bufferId, buffer),
  });
  return { custody, seen };
}

function fill(buffer: SharedArrayBuffer): void {
  new Uint8Array(buffer).fill(0xa5);
}

describe('the custody of prints', () => {
  test('a buffer that nobody borrows is zero when its receipt is made', async () => {
    const { custody, seen } = custodyWithEyes();
    const held = custody.take('image', 1_001);
    {
      using loan = held.lend();
      fill(loan.buffer);
    }

    const receipt = await held.erase('answers-complete');

    expect(receipt).toMatchObject({
      bufferId: held.bufferId,
      kind: 'image',
      sizeBytes: 1_001,
      why: 'answers-complete',
    });
    expect([...seen.values()].every(isAllZero)).toBe(true);
    expect(custody.heldBuffers).toBe(0);
  });

  test('a buffer is zeroised at once although it is on loan, and the receipt waits for the last loan', async () => {
    const { custody } = custodyWithEyes();
    const held = custody.take('image', 64);
    const loan = held.lend();
    fill(loan.buffer);
    let hasReceipt = false;

    const erasure = held.erase('abandoned').then(() => (hasReceipt = true));
    expect(isAllZero(loan.buffer)).toBe(true);
    await Promise.resolve();
    expect(hasReceipt).toBe(false);

    loan[Symbol.dispose]();
    await erasure;
    expect(hasReceipt).toBe(true);
  });

  test('what a borrower writes after the erasure was asked for is zeroised when the loan ends', async () => {
    const { custody } = custodyWithEyes();
    const held = custody.take('image', 64);
    const loan = held.lend();

    const erasure = held.erase('abandoned');
    fill(loan.buffer);
    loan[Symbol.dispose]();
    await erasure;

    expect(isAllZero(loan.buffer)).toBe(true);
  });

  test('nothing is lent once erasure was asked for', async () => {
    const { custody } = custodyWithEyes();
    const held = custody.take('template', 10);
    await held.erase('retaken');

    expect(() => held.lend()).toThrow(/custody\.already-erasing/);
  });

  test('erasing twice gives one receipt, with the first reason', async () => {
    const { custody } = custodyWithEyes();
    const held = custody.take('template', 10);

    const [first, second] = await Promise.all([held.erase('retaken'), held.erase('abandoned')]);

    expect(second).toBe(first);
    expect(first.why).toBe('retaken');
  });

  test('a loan that is returned twice counts once', async () => {
    const { custody } = custodyWithEyes();
    const held = custody.take('image', 10);
    const one = held.lend();
    const other = held.lend();
    let hasReceipt = false;
    const erasure = held.erase('abandoned').then(() => (hasReceipt = true));

    one[Symbol.dispose]();
    one[Symbol.dispose]();
    await Promise.resolve();
    expect(hasReceipt).toBe(false);

    other[Symbol.dispose]();
    await erasure;
  });

  test('in the last moments of a process everything is zeroised without waiting for loans', () => {
    const { custody, seen } = custodyWithEyes();
    for (const kind of ['image', 'template'] as const) fill(custody.take(kind, 100).lend().buffer);

    custody.zeroiseEverythingNow();

    expect([...seen.values()].every(isAllZero)).toBe(true);
  });

  test.each([0, -1, 1.5, MAXIMUM_HELD_BYTES + 1, Number.NaN])('a buffer of %s bytes is refused', (sizeBytes) => {
    expect(() => custodyWithEyes().custody.take('image', sizeBytes)).toThrow(/custody\.size/);
  });

  test('whatever the order of loans, returns and the erasure, the buffer ends as zeroes with one receipt', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('lend', 'return', 'write', 'erase'), { maxLength: 20 }),
        async (acts) => {
          const { custody, seen } = custodyWithEyes();
          const held = custody.take('image', 33);
          const loans: (Disposable & { buffer: SharedArrayBuffer })[] = [];
          const receipts = new Set<unknown>();
          let erasing: Promise<unknown> | null = null;
          for (const act of [...acts, 'erase']) {
            if (act === 'lend' && erasing === null) loans.push(held.lend());
            if (act === 'return') loans.shift()?.[Symbol.dispose]();
            if (act === 'write' && loans[0] !== undefined) fill(loans[0].buffer);
            if (act === 'erase') erasing = held.erase('abandoned').then((receipt) => receipts.add(receipt));
          }
          for (const loan of loans) loan[Symbol.dispose]();
          await erasing;
          await held.erase('abandoned').then((receipt) => receipts.add(receipt));
          expect([...seen.values()].every(isAllZero)).toBe(true);
          expect(receipts.size).toBe(1);
        },
      ),
    );
  });
});
