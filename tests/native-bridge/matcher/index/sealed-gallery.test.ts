import { closeSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadShard, openGalleryFile, planGallery } from '../../../../native-bridge/matcher/index/gallery-reader.ts';
import { readTemplate, viewGallery } from '../../../../native-bridge/matcher/index/gallery-view.ts';
import { createGalleryWriter } from '../../../../native-bridge/matcher/index/gallery-writer.ts';
import { decodePeople, encodePerson, personBytes } from '../../../../native-bridge/matcher/index/people-stream.ts';
import {
  SEAL_TAG_BYTES,
  SEALED_CHUNK_BYTES,
  viewSealedFile,
  type GallerySeal,
  type SealedFile,
} from '../../../../native-bridge/matcher/index/sealed-file.ts';
import type { SharedGallery } from '../../../../native-bridge/matcher/index/worker-tasks.ts';
import { createMatcherPool } from '../../../../native-bridge/matcher/matcher-pool.ts';
import { sharedCopy } from '../../../support/matcher/shared-bytes.ts';
import { statisticalPerson, templateOfPerson, TEST_PROVENANCE } from '../../../support/matcher/statistical-gallery.ts';

/** Enough people for several chunks. */
const PEOPLE = 60;
const PREAMBLE = new TextEncoder().encode('a preamble that only its owner reads');
const never = new AbortController().signal;
let folder = '';
let gallery = '';
let whole = new Uint8Array();

function sealOf(keyByte: number, contextByte = 5): GallerySeal {
  const key = new SharedArrayBuffer(32);
  new Uint8Array(key).fill(keyByte);
  return { key, context: new Uint8Array(32).fill(contextByte) };
}

async function writeSealed(filePath: string, seal: GallerySeal): Promise<void> {
  await using writer = await createGalleryWriter(filePath, TEST_PROVENANCE, { preamble: PREAMBLE, seal });
  for (let person = 0; person < PEOPLE; person += 1) await writer.add(statisticalPerson(person));
  await writer.finish();
}

function load(file: SealedFile): SharedGallery {
  const plan = planGallery(file, 2 ** 34);
  const slabs = plan.slabBytes.map((bytes) => new SharedArrayBuffer(bytes));
  plan.rows.forEach((row, index) => {
    const shard = plan.shards[index]!;
    loadShard(file, row, new Uint8Array(slabs[shard.slab]!, shard.at, shard.bytes));
  });
  return { file, slabs, shards: plan.shards, people: plan.header.people };
}

async function opening(bytes: Uint8Array, seal: GallerySeal): Promise<string> {
  const filePath = path.join(folder, 'opened.gallery');
  await writeFile(filePath, bytes);
  const file = openGalleryFile(filePath);
  try {
    load(viewSealedFile(file, bytes.length, PREAMBLE.length, seal));
    return 'opened';
  } catch (fault) {
    return (fault as { code: string }).code;
  } finally {
    closeSync(file);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sealed-gallery-'));
  gallery = path.join(folder, 'people.gallery');
  await writeSealed(gallery, sealOf(1));
  whole = await readFile(gallery);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a sealed gallery', () => {
  test('is read as it was written, template for template', () => {
    const file = openGalleryFile(gallery);
    const opened = load(viewSealedFile(file, whole.length, PREAMBLE.length, sealOf(1)));
    const view = viewGallery(opened);
    for (let person = 0; person < PEOPLE; person += 1) {
      expect(view.reference(person)).toBe(`person-${person}`);
      expect(readTemplate(opened.file, view.person(person)!, 2)).toEqual(templateOfPerson(person, 2));
    }
    closeSync(file);
  });

  test('holds no template, no reference and no label in the clear', () => {
    const text = Buffer.from(whole);
    expect(whole.length).toBeGreaterThan(3 * SEALED_CHUNK_BYTES);
    for (const clear of ['RWGALLRY', 'person-', TEST_PROVENANCE.origin]) expect(text.includes(clear)).toBe(false);
    expect(text.includes(Buffer.from(templateOfPerson(3, 2).subarray(0, 40)))).toBe(false);
  });

  test('is opened by its own key and in its own context alone', async () => {
    expect(await opening(whole, sealOf(1))).toBe('opened');
    expect(await opening(whole, sealOf(2))).toBe('gallery.checksum');
    expect(await opening(whole, sealOf(1, 6))).toBe('gallery.checksum');
  });

  test('is refused when any byte of its body is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - PREAMBLE.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Uint8Array.from(whole);
        changed[PREAMBLE.length + at] = (changed[PREAMBLE.length + at] ?? 0) ^ by;
        expect(await opening(changed, sealOf(1))).toBe('gallery.checksum');
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('is refused when it was cut anywhere, when chunks were exchanged, and when one was left out', async () => {
    const chunk = SEALED_CHUNK_BYTES + SEAL_TAG_BYTES;
    const at = PREAMBLE.length + chunk;
    for (const length of [PREAMBLE.length, PREAMBLE.length + 9, at, at + 16, at + 500, 2 * at, whole.length - 1]) {
      expect(await opening(whole.subarray(0, length), sealOf(1))).toMatch(/^gallery\.(truncated|checksum)$/);
    }
    const exchanged = Uint8Array.from(whole);
    exchanged.set(whole.subarray(at, at + chunk), at + chunk);
    exchanged.set(whole.subarray(at + chunk, at + 2 * chunk), at);
    expect(await opening(exchanged, sealOf(1))).toBe('gallery.checksum');
    const leftOut = Buffer.concat([whole.subarray(0, at), whole.subarray(at + chunk)]);
    expect(await opening(leftOut, sealOf(1))).toBe('gallery.truncated');
  });

  test('is searched by the pool, and is byte for byte the same afterwards', async () => {
    await using pool = createMatcherPool({ threads: 2 });
    const place = { filePath: gallery, bodyAt: PREAMBLE.length, seal: sealOf(1) };
    const open = await pool.openGallery(place, never);
    const options = { signal: never, deadlineMs: 60_000, maximumCandidates: 1 };
    for (const person of [4, 40]) {
      const template = templateOfPerson(person, 2);
      const probe = { position: 2, template: sharedCopy(template), templateBytes: template.length } as const;
      const [first] = await pool.search(open, [probe], options);
      expect(first?.reference).toBe(`person-${person}`);
    }
    expect(Buffer.compare(await readFile(gallery), whole)).toBe(0);
    expect(statSync(gallery).size).toBe(whole.length);
  });

  test('loses its key from memory when its pool is closed', async () => {
    const seal = sealOf(1);
    {
      await using pool = createMatcherPool({ threads: 1 });
      await pool.openGallery({ filePath: gallery, bodyAt: PREAMBLE.length, seal }, never);
    }
    expect(new Uint8Array(seal.key).every((byte) => byte === 0)).toBe(true);
  });
});

describe('people as they are handed over', () => {
  const person = statisticalPerson(5);
  const bytes = encodePerson(person);

  test('are read as they were written, and their end is known before they are read', () => {
    expect([...decodePeople(Uint8Array.from([...bytes, ...bytes]))]).toEqual([person, person]);
    expect(personBytes(bytes, 0)).toEqual({ size: bytes.length, fingers: 2 });
    for (let length = 0; length < bytes.length; length += 7)
      expect(personBytes(bytes.subarray(0, length), 0)).toBeNull();
  });

  test('are refused with a code when they are cut, at no finger position, or named in no text', () => {
    const refused = (change: (copy: Uint8Array) => Uint8Array): void => {
      expect(() => [...decodePeople(change(Uint8Array.from(bytes)))]).toThrow(
        expect.objectContaining({ code: 'gallery.person-invalid' }),
      );
    };
    refused((copy) => copy.subarray(0, -1));
    refused((copy) => copy.fill(11, bytes[0]! + 2, bytes[0]! + 3));
    refused((copy) => copy.fill(0xff, 1, 2));
  });

  test('are indexed by threads of their own into the shard that a writer makes, and not when one is damaged', async () => {
    await using pool = createMatcherPool({ threads: 1 });
    await using indexer = pool.startIndexing(1);
    const shard = await indexer.index(sharedCopy(bytes), bytes.length, never);
    expect(shard.bytes.length).toBeGreaterThan(bytes.length);
    shard.giveBack();
    expect(shard.bytes.every((byte) => byte === 0)).toBe(true);
    const damaged = sharedCopy(bytes);
    new Uint8Array(damaged)[bytes[0]! + 5] = 0;
    await expect(indexer.index(damaged, bytes.length, never)).rejects.toMatchObject({
      code: 'template.not-a-template',
    });
  });
});
