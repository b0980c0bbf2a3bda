import { describe, expect, test } from 'vitest';
import { cyclingFeed } from '../../../../native-bridge/scanner/feed.ts';
import { isMaintainable } from '../../../../native-bridge/scanner/maintainable-scanner.ts';
import type { ScannerListing, ScannerSource } from '../../../../native-bridge/scanner/scanner.ts';
import { createSimulatedSource, SIMULATED_PATH } from '../../../../native-bridge/scanner/simulated-source.ts';
import { createQuietSource } from '../../../../electron/station/scanners/quiet-source.ts';
import { ManualClock } from '../../../native-bridge/scanner/manual-clock.ts';
import { ridgeImage } from '../../../native-bridge/scanner/ridge-image.ts';

const never = new AbortController().signal;

function quiet(list?: (inner: ScannerSource) => ScannerSource['list']) {
  const clock = new ManualClock();
  const inner = createSimulatedSource({ feed: cyclingFeed([ridgeImage()]), clock });
  const order: string[] = [];
  const source = createQuietSource({
    async list(signal) {
      order.push('list');
      const rows = await (list?.(inner) ?? inner.list)(signal);
      order.push('listed');
      return rows;
    },
    open(path, signal) {
      order.push('open');
      return inner.open(path, signal);
    },
  });
  return { clock, inner, order, source };
}

describe('the quiet source', () => {
  test('while a scanner is open the list is the one that was read last, and the bus is not asked', async () => {
    const { clock, inner, order, source } = quiet();
    await source.list(never);
    const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
    inner.unplug();
    expect(await source.list(never)).toHaveLength(1);
    await scanner[Symbol.asyncDispose]();
    expect(await source.list(never)).toEqual([]);
    expect(order).toEqual(['list', 'listed', 'open', 'list', 'listed']);
  });

  test('a scanner is opened only when the list that is being read has been read', async () => {
    let read: (rows: readonly ScannerListing[]) => void = () => {};
    const { clock, order, source } = quiet(() => () => new Promise((resolve) => (read = resolve)));
    const listing = source.list(never);
    const opening = source.open(SIMULATED_PATH, never);
    await clock.run(10);
    expect(order).toEqual(['list']);
    read([]);
    await listing;
    await clock.settle(opening);
    expect(order).toEqual(['list', 'listed', 'open']);
  });

  test('two that ask at once are answered by one look', async () => {
    const { order, source } = quiet();
    await Promise.all([source.list(never), source.list(never)]);
    expect(order).toEqual(['list', 'listed']);
  });

  test('a second scanner is not opened beside the first', async () => {
    const { clock, source } = quiet();
    await clock.settle(source.open(SIMULATED_PATH, never));
    await expect(source.open(SIMULATED_PATH, never)).rejects.toMatchObject({ code: 'scanner.in-use' });
  });

  test('whoever listens is told once that the scanner was closed, and of an opening that failed', async () => {
    const { clock, source } = quiet();
    let closed = 0;
    source.onClosed(() => (closed += 1));
    const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
    expect([closed, source.isOpen]).toEqual([0, true]);
    await scanner[Symbol.asyncDispose]();
    await scanner[Symbol.asyncDispose]();
    expect([closed, source.isOpen]).toEqual([1, false]);
    await expect(source.open('simulated:nowhere', never)).rejects.toMatchObject({ code: 'scanner.not-found' });
    expect([closed, source.isOpen]).toEqual([2, false]);
  });

  test('a scanner that can be looked after still can', async () => {
    const { clock, source } = quiet();
    const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
    expect(isMaintainable(scanner)).toBe(true);
  });
});
