import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { LogFault } from '../../../electron/audit/verify-log.ts';
import { PART_NAMES } from '../../../electron/self-test/self-test.ts';

const LOCALES = path.resolve(import.meta.dirname, '../../../renderer/locales/roles');
/** Every way in which a log can be broken; the compiler refuses a missing one. */
const FAULTS: Readonly<Record<LogFault, true>> = {
  sequence: true,
  hash: true,
  previous: true,
  'not-canonical': true,
  'unknown-event': true,
  unreadable: true,
  checkpoint: true,
  anchor: true,
  'tail-cut': true,
  'search-without-grounds': true,
  'buffer-taken-twice': true,
  'receipt-missing': true,
  'receipt-twice': true,
  'receipt-of-nothing': true,
};
const sentence = z.string().regex(/^\S.*[.]$/s);
const words = z.object({
  health: z.object({
    parts: z.record(z.string(), z.object({ name: z.string(), sound: sentence, absent: sentence, broken: sentence })),
  }),
  auditor: z.object({ broken: z.record(z.string(), z.string().includes('{sequence}')) }),
});

describe.each(['en', 'cy'])('in the words of %s', (language) => {
  const read = async () => words.parse(JSON.parse(await readFile(path.join(LOCALES, `${language}.json`), 'utf8')));

  test('each part of the self-test has a name, and a sentence for each thing that it can be found to be', async () => {
    const { parts } = (await read()).health;
    expect(Object.keys(parts).toSorted()).toEqual([...PART_NAMES].toSorted());
  });

  test('each way in which a log can be broken is said with the event at which it is', async () => {
    const { broken } = (await read()).auditor;
    expect(Object.keys(broken).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
  });
});
