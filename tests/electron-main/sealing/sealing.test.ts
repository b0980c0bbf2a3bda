import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseSealer, type KeyStore } from '../../../electron/sealing/choose-sealer.ts';
import { createKeyFileSealer } from '../../../electron/sealing/key-file-seal.ts';
import { temporaryFolder } from '../../support/counts/temporary-database.ts';

const SECRET = Buffer.from('a secret of thirty-two bytes....');

function keyStore(isSafe: boolean): KeyStore {
  return {
    isSafe: () => isSafe,
    encrypt: (text) => Buffer.from(`store:${text}`),
    decrypt: (sealed) => {
      const text = Buffer.from(sealed).toString();
      if (!text.startsWith('store:')) throw new Error('not of this store');
      return text.slice('store:'.length);
    },
  };
}

describe('a key file', () => {
  test('gives back what it sealed, whatever it is', async () => {
    await using folder = await temporaryFolder();
    const sealer = createKeyFileSealer(folder.path);

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (secret) => {
        const sealed = await sealer.seal(secret);
        expect([...(await createKeyFileSealer(folder.path).unseal(sealed))]).toEqual([...secret]);
      }),
      { numRuns: 30 },
    );
  });

  test('is readable by its owner only, is left alone in its folder, and the seal does not show the secret', async () => {
    await using folder = await temporaryFolder();

    const sealed = Buffer.from(await createKeyFileSealer(folder.path).seal(SECRET));

    expect(await readdir(folder.path)).toEqual(['seal.key']);
    expect((await stat(join(folder.path, 'seal.key'))).mode & 0o777).toBe(0o600);
    expect(sealed.includes(SECRET)).toBe(false);
  });

  test('is one, however many seal at once', async () => {
    await using folder = await temporaryFolder();

    const seals = await Promise.all(Array.from({ length: 8 }, () => createKeyFileSealer(folder.path).seal(SECRET)));

    for (const sealed of seals) expect(await createKeyFileSealer(folder.path).unseal(sealed)).toEqual(SECRET);
  });

  test('opens nothing that was altered in any byte', async () => {
    await using folder = await temporaryFolder();
    const sealer = createKeyFileSealer(folder.path);
    const sealed = Buffer.from(await sealer.seal(SECRET));

    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      await expect(sealer.unseal(altered)).rejects.toMatchObject({ code: 'sealing.not-of-this-computer' });
    }
    for (const length of [0, 4, 5, 20, sealed.length - 1]) {
      await expect(sealer.unseal(sealed.subarray(0, length))).rejects.toMatchObject({
        code: 'sealing.not-of-this-computer',
      });
    }
  });

  test('of another computer opens nothing', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    const sealed = await createKeyFileSealer(other.path).seal(SECRET);
    await createKeyFileSealer(folder.path).seal(SECRET);

    await expect(createKeyFileSealer(folder.path).unseal(sealed)).rejects.toMatchObject({
      code: 'sealing.not-of-this-computer',
    });
  });

  test('that is lost or cut short is told, and never replaced behind what it sealed', async () => {
    await using folder = await temporaryFolder();
    const sealer = createKeyFileSealer(folder.path);
    const sealed = await sealer.seal(SECRET);
    const file = join(folder.path, 'seal.key');
    const key = await readFile(file);
    await truncate(file, 31);

    await expect(sealer.seal(SECRET)).rejects.toMatchObject({ code: 'sealing.key-file-unreadable' });
    await expect(sealer.unseal(sealed)).rejects.toMatchObject({ figures: { reason: 'length', bytes: 31 } });
    await rm(file);
    await expect(sealer.unseal(sealed)).rejects.toMatchObject({ figures: { reason: 'missing' } });

    await writeFile(file, key);
    expect(await sealer.unseal(sealed)).toEqual(SECRET);
  });
});

describe('what seals', () => {
  test.each([
    ['the key store where it is safe', true, false, 'key-store'],
    ['the key store where it is safe, although a key file is accepted', true, true, 'key-store'],
    ['a key file where the store is not safe and the policy accepts one', false, true, 'key-file'],
    ['nothing where neither is', false, false, 'none'],
  ] as const)('is %s', async (_what, isSafe, isAccepted, kind) => {
    await using folder = await temporaryFolder();
    const sealer = chooseSealer(keyStore(isSafe), folder.path, isAccepted);

    expect(sealer.kind).toBe(kind);
    if (kind === 'none') await expect(sealer.seal(SECRET)).rejects.toMatchObject({ code: 'sealing.no-key-store' });
    else expect(await sealer.unseal(await sealer.seal(SECRET))).toEqual(SECRET);
    expect(await readdir(folder.path)).toEqual(kind === 'key-file' ? ['seal.key'] : []);
  });

  test('a key store that appears later still opens what the key file sealed', async () => {
    await using folder = await temporaryFolder();
    const sealed = await chooseSealer(keyStore(false), folder.path, true).seal(SECRET);

    expect(await chooseSealer(keyStore(true), folder.path, false).unseal(sealed)).toEqual(SECRET);
  });

  test('a key store that is gone is told, and its seals are not tried with the key file', async () => {
    await using folder = await temporaryFolder();
    const sealed = await chooseSealer(keyStore(true), folder.path, false).seal(SECRET);

    await expect(chooseSealer(keyStore(false), folder.path, true).unseal(sealed)).rejects.toMatchObject({
      code: 'sealing.no-key-store',
    });
  });

  test('a seal of another account of the computer is told', async () => {
    await using folder = await temporaryFolder();

    await expect(chooseSealer(keyStore(true), folder.path, false).unseal(Buffer.from('x'))).rejects.toMatchObject({
      code: 'sealing.not-of-this-computer',
    });
  });
});
