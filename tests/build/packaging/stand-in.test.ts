import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { expect, test } from 'vitest';
import { standInExecutable } from '../../../build/packaging/stand-in-executable.ts';
import { udevRules } from '../../../build/packaging/udev-rules.ts';

test('the Windows stand-in is an executable with version information that says what it is', () => {
  const file = standInExecutable(Buffer.from('payload'));

  const executable = NtExecutable.from(file);
  const [version] = Resource.VersionInfo.fromEntries(NtExecutableResource.from(executable).entries);

  expect(executable.is32bit()).toBe(false);
  expect(version?.getStringValues({ lang: 1033, codepage: 1200 })['ProductName']).toBe('STAND-IN FOR ELECTRON');
  expect(file.includes('payload')).toBe(true);
});

test('the udev rule names each profile once, as four hexadecimal digits, and no whole vendor', () => {
  const lines = udevRules()
    .split('\n')
    .filter((line) => line.startsWith('SUBSYSTEM'));

  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line).toMatch(
      /^SUBSYSTEM=="hidraw", ATTRS\{idVendor\}=="[0-9a-f]{4}", ATTRS\{idProduct\}=="[0-9a-f]{4}", GROUP="ridgeway", MODE="0660"$/,
    );
  }
  expect(new Set(lines).size).toBe(lines.length);
});
