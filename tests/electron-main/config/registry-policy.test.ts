import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy, parseSettingsFile } from '../../../electron/config/load-config.ts';
import { readMachinePolicy, readSettingsFile } from '../../../electron/config/read-machine-policy.ts';
import { parseRegistryPolicy } from '../../../electron/config/registry-policy.ts';

const ROOT = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Ridgeway`;

/** What `reg export` writes of the policy's key, with these lines below its first one. */
function exported(...lines: string[]): string {
  return ['\uFEFFWindows Registry Editor Version 5.00', '', `[${ROOT}]`, ...lines, '', ''].join('\r\n');
}

describe('the registry form of a machine policy', () => {
  test('is the same policy as its JSON form', () => {
    const policy = parsePolicy(
      parseRegistryPolicy(
        exported(
          '@="the default value names no setting"',
          String.raw`"scanner"="\\\\?\\hid#vid_1d6b"`,
          '',
          String.raw`[${ROOT}\settings]`,
          '"stationName"="Dalfa Tŷ Cŵyn, \\"desk\\" 4"',
          '"idleLockMinutes"=dword:00000005',
          '"matchTargetFpir"="1e-6"',
          '',
          String.raw`[${ROOT}\upstream]`,
          '"isSwitchedOn"=dword:00000001',
          '"address"="https://counts.example.police.uk/months"',
        ),
      ),
    );

    expect(policy).toEqual({
      scanner: String.raw`\\?\hid#vid_1d6b`,
      settings: { stationName: 'Dalfa Tŷ Cŵyn, "desk" 4', idleLockMinutes: 5, matchTargetFpir: 1e-6 },
      upstream: { isSwitchedOn: true, address: 'https://counts.example.police.uk/months' },
    });
  });

  test('is no policy when the key does not exist, and an empty one when nothing is in it', () => {
    expect(parseRegistryPolicy('')).toBeNull();
    expect(parseRegistryPolicy(exported())).toEqual({});
  });

  test('keeps a name and a kind that it does not know, so that the schema refuses them by their path', () => {
    const refused = (line: string) => () =>
      parsePolicy(parseRegistryPolicy(exported(String.raw`[${ROOT}\settings]`, line)));

    expect(refused('"idleLockMinutes"=hex:05,00,\\\r\n  00,00')).toThrow('settings.idleLockMinutes');
    expect(refused('"idleLockMinutes"="5"')).toThrow('settings.idleLockMinutes');
    expect(refused('"matchTargetFpir"="low"')).toThrow('settings.matchTargetFpir');
    expect(refused('"stationNam"="x"')).toThrow('settings');
  });

  test('takes nothing from a key that only begins like its own', () => {
    expect(parseRegistryPolicy(exported(String.raw`[${ROOT}Training\settings]`, '"stationName"="other"'))).toEqual({});
  });

  test('cannot reach the prototype of anything', () => {
    parseRegistryPolicy(exported(String.raw`[${ROOT}\__proto__]`, '"polluted"="yes"'));

    expect('polluted' in {}).toBe(false);
  });
});

describe('a file', () => {
  const readers = [
    ...(process.platform === 'win32'
      ? []
      : [['of a machine policy', 'policy.json', 'config.policy-unreadable'] as const]),
    ['of settings', 'settings.json', 'config.file-invalid'] as const,
  ];
  test.each(readers)('%s is none when it is not there, and refused when it is no JSON', async (_what, name, code) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-policy-'));
    const file = path.join(folder, name);
    const read = () => (name === 'policy.json' ? readMachinePolicy(file) : readSettingsFile(folder));
    const parse = name === 'policy.json' ? parsePolicy : parseSettingsFile;
    try {
      expect(parse(await read())).toEqual({});
      await writeFile(file, '\uFEFF{ "settings": { "idleLockMinutes": 5 } }');
      expect(parse(await read())).toEqual({ settings: { idleLockMinutes: 5 } });
      await writeFile(file, '{ "settings": { "stationName": "Sam Archer",');
      const broken = await read();
      expect(() => parse(broken)).toThrow(
        expect.objectContaining({ code, figures: { place: name, reason: 'not-json' } }),
      );
      expect(JSON.stringify(broken)).not.toContain('Archer');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
