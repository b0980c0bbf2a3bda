import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../electron/config/load-config.ts';
import { readMachinePolicy } from '../../../electron/config/read-machine-policy.ts';
import { dataFolder } from '../../../electron/operations/machine-places.ts';
import { startSentence } from '../../../electron/operations/start-sentence.ts';

function faultOf(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (fault) {
    return fault;
  }
}

describe('a station that cannot start says in a sentence what to do', () => {
  test('for a policy with a wrong field, and names the field', () => {
    const fault = faultOf(() => parsePolicy({ settings: { idleLockMinutes: 0 } }));

    expect(startSentence(fault)).toMatch(/^The machine policy cannot be used\. .*settings\.idleLockMinutes/);
  });

  test.skipIf(process.platform === 'win32')('for a policy that is no JSON, and repeats nothing of it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-operations-'));
    try {
      await writeFile(path.join(folder, 'policy.json'), '{"settings": Sam Archer');
      const raw = await readMachinePolicy(path.join(folder, 'policy.json'));

      const sentence = startSentence(faultOf(() => parsePolicy(raw)));

      expect(sentence).toMatch(/^The machine policy cannot be read\. .*policy\.json/);
      expect(sentence).not.toContain('Archer');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('for what nobody foresaw, with its message', () => {
    expect(startSentence(new Error('boom'))).toBe('The station could not start. (boom)');
  });
});

describe('data lies', () => {
  test.each([
    ["in the account's own folder in a run from the sources", false, 'linux', {}],
    ["in the account's own folder where the installer made none", true, 'win32', { ProgramData: '/nowhere' }],
    ["in the account's own folder where Windows names no place", true, 'win32', {}],
  ] as const)('%s', async (_what, isPackaged, system, environment) => {
    expect(await dataFolder({ system, environment, isPackaged, own: '/own' })).toBe('/own');
  });
});
