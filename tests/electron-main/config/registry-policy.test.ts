import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../electron/config/load-config.ts';
import { readMachinePolicy } from '../../../electron/config/read-machine-policy.ts';
import { parseRegistryPolicy } from '../../../electron/config/registry-policy.ts';

const LISTING = [
  '',
  String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Ridgeway\settings`,
  '    stationName    REG_SZ    Custody desk 4',
  '    idleLockMinutes    REG_DWORD    0x5',
  '    matchTargetFpir    REG_SZ    1e-6',
  '',
  String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Ridgeway\upstream`,
  '    isSwitchedOn    REG_DWORD    0x1',
  '    address    REG_SZ    https://counts.example.police.uk/months',
  '',
].join('\r\n');

describe('the registry form of a machine policy', () => {
  test('is the same policy as its JSON form', () => {
    const policy = parsePolicy(parseRegistryPolicy(LISTING));

    expect(policy).toEqual({
      settings: { stationName: 'Custody desk 4', idleLockMinutes: 5, matchTargetFpir: 1e-6 },
      upstream: { isSwitchedOn: true, address: 'https://counts.example.police.uk/months' },
    });
  });

  test('is no policy when the key does not exist', () => {
    expect(parseRegistryPolicy('')).toBeNull();
  });

  test('keeps a name and a kind that it does not know, so that the schema refuses them by their path', () => {
    const key = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Ridgeway\settings`;

    expect(() => parsePolicy(parseRegistryPolicy(`${key}\n    idleLockMinutes    REG_BINARY    05`))).toThrow(
      'settings.idleLockMinutes',
    );
    expect(() => parsePolicy(parseRegistryPolicy(`${key}\n    matchTargetFpir    REG_SZ    low`))).toThrow(
      'settings.matchTargetFpir',
    );
  });

  test('cannot reach the prototype of anything', () => {
    const listing =
      String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Ridgeway\__proto__` + '\n    polluted    REG_SZ    yes';

    parseRegistryPolicy(listing);

    expect('polluted' in {}).toBe(false);
  });
});

describe.runIf(process.platform !== 'win32')('the file of a machine policy', () => {
  test('is null when it is not there, and told when it cannot be read as JSON', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-policy-'));
    try {
      const file = path.join(folder, 'policy.json');
      expect(await readMachinePolicy(file)).toBeNull();
      await writeFile(file, '{ "settings": { "idleLockMinutes": 5 } }');
      expect(await readMachinePolicy(file)).toEqual({ settings: { idleLockMinutes: 5 } });
      await writeFile(file, '{ "settings": ');
      await expect(readMachinePolicy(file)).rejects.toThrow(SyntaxError);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
