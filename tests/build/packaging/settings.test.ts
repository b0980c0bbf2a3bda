import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageSettings } from '../../../build/packaging/settings.ts';

const OPTIONS = { applicationFolder: 'a', outputFolder: 'o', electronVersion: '1.0.0' };
const product = packageSettings({ ...OPTIONS, isTraining: false });
const training = packageSettings({ ...OPTIONS, isTraining: true });

describe('an installer for Windows', () => {
  test.each(['msi', 'nsis'] as const)(
    '%s installs for the machine, asks before it does, and starts nothing',
    (kind) => {
      expect(product[kind]).toMatchObject({ perMachine: true, oneClick: false, runAfterFinish: false });
    },
  );

  test('is made for x64 and arm64, as MSI and as EXE', () => {
    expect(product.win?.target).toEqual([
      { target: 'msi', arch: ['x64', 'arm64'] },
      { target: 'nsis', arch: ['x64', 'arm64'] },
    ]);
  });

  test('keeps the upgrade code that every version before it had', () => {
    expect(product.msi?.upgradeCode).toBe('6C0F53B5-6C7E-4B0B-9C5D-3B8E1F2A7D41');
  });

  test('removes no data when it is uninstalled', () => {
    expect(product.nsis?.deleteAppDataOnUninstall).toBe(false);
  });
});

test('nothing is published and nothing is rebuilt while packing', () => {
  expect(product).toMatchObject({ publish: null, npmRebuild: false });
});

test('a training package can lie beside the product: other identifier, name and program', () => {
  for (const name of ['appId', 'productName'] as const) expect(training[name]).not.toBe(product[name]);
  expect(training.linux?.executableName).not.toBe(product.linux?.executableName);
});

test('a deb depends on what its native parts load, and brings its udev rule', () => {
  expect(product.deb?.depends).toEqual(expect.arrayContaining(['libusb-1.0-0', 'libudev1', 'libsecret-1-0']));
  expect(product.deb?.fpm?.join(' ')).toContain('=/usr/lib/udev/rules.d/70-ridgeway.rules');
});

test.each(['after-install.sh', 'after-remove.sh'])(
  '%s uses only the words that electron-builder replaces',
  async (name) => {
    const script = await readFile(path.resolve(import.meta.dirname, '../../../build/packaging/linux', name), 'utf8');

    const words = [...script.matchAll(/\$\{(\w+)\}/g)].map(([, word]) => word);

    expect(words.filter((word) => word !== 'executable' && word !== 'sanitizedProductName')).toEqual([]);
  },
);
