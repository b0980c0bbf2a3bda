import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageSettings } from '../../../build/packaging/settings.ts';
import { withDataFolder } from '../../../build/packaging/windows/msi-project.ts';

const INCLUDED = path.resolve(import.meta.dirname, '../../../build/packaging/windows/installer.nsh');
const OPTIONS = { applicationFolder: 'a', outputFolder: 'o', electronVersion: '1.0.0' };
const hasMakensis = spawnSync('makensis', ['-VERSION']).status === 0;

/** electron-builder's own MSI project, which ours is made from, without the places that it fills in. */
async function msiTemplate(): Promise<string> {
  const builder = path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const template = await readFile(path.join(builder, 'templates/msi/template.xml'), 'utf8');
  return template.replaceAll(/\{\{[\s\S]*?\}\}?/g, '').replaceAll(/\s*-?\}\s*$/gm, '');
}

describe("the MSI's project", () => {
  test('removes data only when a removal asks for it by its property, and never at an upgrade', async () => {
    const project = withDataFolder(await msiTemplate());

    expect(project).toContain('<Property Id="DELETEDATA" Secure="yes"/>');
    const condition = /<Custom Action="removeData"[^>]*><!\[CDATA\[(.*?)\]\]>/.exec(project)?.[1];
    expect(condition).toBe('REMOVE="ALL" AND DELETEDATA="1" AND NOT UPGRADINGPRODUCTCODE');
  });

  test('makes the data folder as the system, closed to all but three, and does not fail an installation over it', async () => {
    const project = withDataFolder(await msiTemplate());
    const action = /<CustomAction Id="makeData"[^>]*>/.exec(project)?.[0] ?? '';

    expect(action).toContain('Execute="deferred" Impersonate="no" Return="ignore"');
    expect(action).toContain('/inheritance:r /grant *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F Ridgeway:(OI)(CI)M');
    expect(action.replaceAll(/&(quot|amp);/g, '')).not.toContain('&');
  });

  test('that is not as it was stops the build', () => {
    expect(() => withDataFolder('<Wix/>')).toThrow('not as it was');
  });

  test('of a training station has an upgrade code of its own: the one does not remove the other', () => {
    const code = (isTraining: boolean) => packageSettings({ ...OPTIONS, isTraining }).msi?.upgradeCode;

    expect(code(true)).not.toBe(code(false));
  });
});

describe.skipIf(!hasMakensis)(
  `the EXE's script${hasMakensis ? '' : ' (skipped: makensis is not on this machine)'}`,
  () => {
    test('is compiled by NSIS without a warning, in an installer and in its uninstaller', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-nsis-'));
      try {
        const script = path.join(folder, 'whole.nsi');
        // What electron-builder's script defines before it includes ours. Source: its templates/nsis/common.nsh.
        const lines = [
          'Unicode true',
          'Name "Ridgeway"',
          `OutFile "${path.join(folder, 'ridgeway-0.1.0.exe')}"`,
          '!include "FileFunc.nsh"',
          '!include "LogicLib.nsh"',
          '!define isUpdated `1 == 2`',
          `!include "${INCLUDED}"`,
          'Section "install"',
          '  !insertmacro customInstall',
          '  WriteUninstaller "$INSTDIR\\uninstall.exe"',
          'SectionEnd',
          'Section "Uninstall"',
          '  !insertmacro customUnInstall',
          'SectionEnd',
        ];
        await writeFile(script, lines.join('\n'));

        const told = execFileSync('makensis', ['-V2', '-WX', script], { encoding: 'utf8' });

        expect(told).not.toMatch(/warning|error/i);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  },
);

test("the EXE's script removes data only behind its switch, and not at an upgrade", async () => {
  const script = await readFile(INCLUDED, 'utf8');
  const removal = script.slice(script.indexOf('!macro customUnInstall'));

  expect(removal.indexOf('/DELETEDATA')).toBeLessThan(removal.indexOf('RMDir'));
  expect(removal.indexOf('${IfNot} ${isUpdated}')).toBeLessThan(removal.indexOf('RMDir'));
  expect(script.match(/RMDir/g)).toHaveLength(1);
});
