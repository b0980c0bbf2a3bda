import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GalleryFault } from '../../../../native-bridge/matcher/index/gallery-fault.ts';
import { encodeGalleryHeader, SHARD_ROW_BYTES } from '../../../../native-bridge/matcher/index/gallery-header.ts';
import {
  loadShard,
  openGalleryFile,
  planGallery,
  type GalleryPlan,
} from '../../../../native-bridge/matcher/index/gallery-reader.ts';
import { readTemplate, viewGallery } from '../../../../native-bridge/matcher/index/gallery-view.ts';
import { createGalleryWriter } from '../../../../native-bridge/matcher/index/gallery-writer.ts';
import type { SharedGallery } from '../../../../native-bridge/matcher/index/worker-tasks.ts';
import {
  statisticalPerson,
  templateOfPerson,
  TEST_PROVENANCE,
  writeStatisticalGallery,
} from '../../../support/matcher/statistical-gallery.ts';

const PLENTY = 2 ** 34;
const PEOPLE = 30;
let folder = '';
let gallery = '';
let whole = new Uint8Array();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gallery-file-'));
  gallery = path.join(folder, 'people.gallery');
  await writeStatisticalGallery(gallery, PEOPLE);
  whole = await readFile(gallery);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function withFile<Result>(filePath: string, use: (file: number) => Result): Result {
  const file = openGalleryFile(filePath);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

function planOf(filePath: string): GalleryPlan {
  return withFile(filePath, (file) => planGallery(file, PLENTY));
}

function load(file: number): SharedGallery {
  const plan = planGallery(file, PLENTY);
  const slabs = plan.slabBytes.map((bytes) => new SharedArrayBuffer(bytes));
  plan.rows.forEach((row, index) => {
    const shard = plan.shards[index];
    loadShard(file, row, new Uint8Array(slabs[shard.slab], shard.at, shard.bytes));
  });
  return { file, slabs, shards: plan.shards, people: plan.header.people };
}

async function refuses(bytes: Uint8Array, name: string): Promise<GalleryFault> {
  const filePath = path.join(folder, name);
  await writeFile(filePath, bytes);
  let fault: unknown;
  try {
    withFile(filePath, load);
  } catch (error) {
    fault = error;
  }
  await rm(filePath);
  expect(fault).toBeInstanceOf(GalleryFault);
  return fault as GalleryFault;
}

describe('a gallery file', () => {
  test('gives back every reference and every template, each at its position', () => {
    withFile(gallery, (file) => {
      const view = viewGallery(load(file));
      expect(view.people).toBe(PEOPLE);
      for (let person = 0; person < PEOPLE; person += 1) {
        const place = view.person(person)!;
        expect(view.reference(person)).toBe(`person-${person}`);
        expect(readTemplate(file, place, 2)).toEqual(templateOfPerson(person, 2));
        expect(readTemplate(file, place, 7)).toEqual(person % 7 === 6 ? undefined : templateOfPerson(person, 7));
        expect(readTemplate(file, place, 1)).toBeUndefined();
      }
    });
  });

  test('that is changed while it is open is noticed when a template is read', async () => {
    const filePath = path.join(folder, 'open.gallery');
    await writeFile(filePath, whole);
    const file = openGalleryFile(filePath);
    const place = viewGallery(load(file)).person(0)!;
    const changed = Uint8Array.from(whole);
    changed[place.templatesAt + 50] ^= 1;
    await writeFile(filePath, changed);
    expect(() => readTemplate(file, place, 2)).toThrow(expect.objectContaining({ code: 'gallery.checksum' }));
    await truncate(filePath, 100);
    expect(() => readTemplate(file, place, 2)).toThrow(expect.objectContaining({ code: 'gallery.truncated' }));
    closeSync(file);
    await rm(filePath);
  });

  test('says which extract it is, how many people and how many fingers it holds', () => {
    const { header } = planOf(gallery);
    expect(header.provenance).toEqual(TEST_PROVENANCE);
    expect([header.people, header.fingers]).toEqual([PEOPLE, 2 * PEOPLE - 4]);
  });

  test('has its name only when it is whole: a writer that is left early leaves nothing', async () => {
    const filePath = path.join(folder, 'early.gallery');
    {
      await using writer = await createGalleryWriter(filePath, TEST_PROVENANCE);
      await writer.add(statisticalPerson(1));
      expect(await readdir(folder)).not.toContain('early.gallery');
    }
    expect(await readdir(folder)).toEqual(['people.gallery']);
  });

  test('takes nobody twice at one position, nobody without a finger and nobody without a reference', async () => {
    await using writer = await createGalleryWriter(path.join(folder, 'refused.gallery'), TEST_PROVENANCE);
    const { fingers } = statisticalPerson(1);
    const refused = [
      { reference: 'a', fingers: [fingers[0], fingers[0]] },
      { reference: 'a', fingers: [] },
      { reference: '', fingers },
      { reference: 'a'.repeat(65), fingers },
      { reference: 'a', fingers: [{ position: 2, template: new Uint8Array(9) }] },
    ] as const;
    for (const person of refused) {
      await expect(writer.add(person)).rejects.toMatchObject({ code: 'gallery.person-invalid' });
    }
    expect(writer.people).toBe(0);
  });
});

describe('a gallery that cannot be used is refused:', () => {
  test('cut short anywhere, as truncated', async () => {
    for (const length of [8, 1000, 1024, 5000, whole.length - SHARD_ROW_BYTES, whole.length - 1]) {
      expect((await refuses(whole.subarray(0, length), 'cut.gallery')).code).toBe('gallery.truncated');
    }
  });

  test('empty, text or another format, as not a gallery', async () => {
    const others = [
      new Uint8Array(),
      new TextEncoder().encode('reference,template\n'),
      new Uint8Array(5000).fill(0x50),
    ];
    for (const other of others) expect((await refuses(other, 'other.gallery')).code).toBe('gallery.not-a-gallery');
  });

  test('of another version, with both versions', async () => {
    const other = Uint8Array.from(whole);
    other[8] = 9;
    const fault = await refuses(other, 'version.gallery');
    expect([fault.code, fault.figures['expected'], fault.figures['received']]).toEqual(['gallery.version', 1, 9]);
  });

  test('with any one byte changed, as a fault with a code and never as something else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const other = Uint8Array.from(whole);
        other[at] ^= change;
        const { code } = await refuses(other, 'changed.gallery');
        expect(['gallery.checksum', ...(at < 8 ? ['gallery.not-a-gallery'] : ['gallery.version'])]).toContain(code);
      }),
      { numRuns: 200 },
    );
  });

  test('of random bytes after a true start, as a fault with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), fc.nat(1100), async (noise, kept) => {
        const { code } = await refuses(Uint8Array.from([...whole.subarray(0, kept), ...noise]), 'noise.gallery');
        expect(code).toMatch(/^gallery\.(not-a-gallery|truncated|checksum|version)$/);
      }),
      { numRuns: 100 },
    );
  });

  test('larger than memory, before a shard is read, with the figure', async () => {
    const filePath = path.join(folder, 'large.gallery');
    const shards = 3;
    const tableAt = 2 ** 40;
    const counts = { people: 12_000, fingers: 24_000, shards, indexBytes: tableAt, tableAt };
    await writeFile(
      filePath,
      encodeGalleryHeader({ ...counts, provenance: TEST_PROVENANCE, tableHash: new Uint8Array(32) }),
    );
    // A sparse file: a terabyte in name only.
    await truncate(filePath, tableAt + shards * SHARD_ROW_BYTES);
    const requiredBytes = tableAt + shards * SHARD_ROW_BYTES;
    const figures = { requiredBytes, availableBytes: PLENTY, people: 12_000 };
    expect(() => planOf(filePath)).toThrow(expect.objectContaining({ code: 'gallery.too-large', figures }));
    await rm(filePath);
  });

  test('missing, or a folder, as unreadable', () => {
    for (const filePath of [path.join(folder, 'nowhere'), folder]) {
      expect(() => planOf(filePath)).toThrow(expect.objectContaining({ code: 'gallery.unreadable' }));
    }
  });

  test('a shard whose indexes lead out of it, although its hash is right', async () => {
    const { rows } = planOf(gallery);
    const row = rows[0];
    for (const word of [5, 10, 16, 20, 60, 100]) {
      const shard = Uint8Array.from(whole.subarray(row.at, row.at + row.indexBytes));
      new DataView(shard.buffer).setUint32(word * 4, 0xffff_0000, true);
      const filePath = path.join(folder, 'crafted.gallery');
      const file = await open(filePath, 'w');
      await file.write(shard, 0, shard.length, row.at);
      await file.close();
      const crafted = { ...row, indexHash: createHash('sha256').update(shard).digest() };
      const into = new Uint8Array(row.indexBytes);
      expect(() => withFile(filePath, (opened) => loadShard(opened, crafted, into))).toThrow(GalleryFault);
      await rm(filePath);
    }
  });
});
