import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { combineSources } from '../../../native-bridge/scanner/combined-source.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { Scanner, ScannerListing, ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { systemScanners } from '../../../native-bridge/scanner/system-scanners.ts';

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ridgeway-helper-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the scanners of a computer', () => {
  test('are those of the HID bus alone where libfprint’s helper was not delivered', async () => {
    const helperPath = join(folder, 'nowhere');

    expect((await systemScanners({ helperPath, platform: 'linux' })).sources).toHaveLength(1);
    expect((await systemScanners({ helperPath: null, platform: 'linux' })).sources).toHaveLength(1);
  });

  test('are libfprint’s too where its helper is a program, on Linux and nowhere else', async () => {
    const helperPath = join(folder, 'fprint-helper');
    await writeFile(helperPath, '#!/bin/false\n');
    const before = await systemScanners({ helperPath, platform: 'linux' });

    await chmod(helperPath, 0o755);

    expect(before.sources).toHaveLength(1);
    expect((await systemScanners({ helperPath, platform: 'linux' })).sources).toHaveLength(2);
    expect((await systemScanners({ helperPath, platform: 'win32' })).sources).toHaveLength(1);
  });

  test('are given their permission by udev on Linux alone', async () => {
    expect((await systemScanners({ helperPath: null, platform: 'linux' })).hasUdev).toBe(true);
    const onWindows = await systemScanners({ helperPath: null, platform: 'win32' });
    expect([onWindows.hasUdev, onWindows.plugEvents]).toEqual([false, null]);
  });
});

/** A source of one path that counts how often it was asked. */
function counted(path: string): ScannerSource & { lists: number; readonly opened: string[]; isThere: boolean } {
  const listing: ScannerListing = {
    path,
    vendorId: 1,
    productId: 1,
    productName: path,
    serialNumber: '',
    isSimulated: false,
    profileId: 'x',
    refusal: null,
  };
  const source = {
    lists: 0,
    opened: [] as string[],
    isThere: true,
    list() {
      source.lists += 1;
      return Promise.resolve(source.isThere ? [listing] : []);
    },
    open(wanted: string): Promise<Scanner> {
      source.opened.push(wanted);
      return Promise.reject(new ScannerFault('scanner.not-found'));
    },
  };
  return source;
}

describe('sources that are joined', () => {
  test('open a scanner that was listed without being asked again', async () => {
    const one = counted('a');
    const other = counted('b');
    const both = combineSources([one, other]);
    await both.list(never);

    await both.open('b', never).catch(() => {});

    expect([one.lists, other.lists, one.opened, other.opened]).toEqual([1, 1, [], ['b']]);
  });

  test('look once for a scanner that no list has shown yet, and do not open one that is not there', async () => {
    const one = counted('a');
    const both = combineSources([one]);

    await expect(both.open('c', never)).rejects.toMatchObject({ code: 'scanner.not-found' });

    expect([one.lists, one.opened]).toEqual([1, []]);
  });

  test('give a path that two of them list to the first', async () => {
    const one = counted('a');
    const other = counted('a');
    const both = combineSources([one, other]);
    await both.list(never);

    await both.open('a', never).catch(() => {});

    expect([one.opened, other.opened]).toEqual([['a'], []]);
  });
});
