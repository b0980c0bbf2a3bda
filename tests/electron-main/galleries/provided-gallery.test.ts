import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealContentChunk } from '../../../electron/galleries/content-chunks.ts';
import { wrapContentKey } from '../../../electron/galleries/content-key.ts';
import { decodeHeader, HEADER_BYTES, signHeader } from '../../../electron/galleries/envelope.ts';
import type { GalleryRefused } from '../../../electron/galleries/gallery-refused.ts';
import { encodeManifest, type Manifest } from '../../../electron/galleries/manifest.ts';
import { CHUNK_BYTES, MAXIMUM_FILE_BYTES, TAG_BYTES } from '../../../electron/galleries/parameters.ts';
import { openProvidedGallery } from '../../../electron/galleries/provided-gallery.ts';
import { rawPublicKey } from '../../../electron/galleries/raw-keys.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { templateOfPerson } from '../../support/matcher/statistical-gallery.ts';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import {
  DAY,
  importAs,
  makeSigner,
  makeStationKey,
  NOW,
  statisticalPeople,
  writeAuthorityFile,
  type ImportAs,
} from '../../support/galleries/authority.ts';

const authority = makeSigner();
const stationKey = makeStationKey();
const station = rawPublicKey(stationKey);
const common = { authority: authority.privateKey, stations: [station] };
/** Enough people for several chunks of a megabyte. */
const PEOPLE = 2_600;
let folder = '';
let filePath = '';
let targetPath = '';
let whole: Buffer;
let manifest: Manifest;
let matcher: MatcherPool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ridgeway-provided-'));
  filePath = join(folder, 'police.rwgallery');
  targetPath = join(folder, 'station', 'police.extract');
  await mkdir(join(folder, 'station'));
  manifest = await writeAuthorityFile(filePath, { ...common, people: statisticalPeople(PEOPLE) });
  whole = await readFile(filePath);
  matcher = createMatcherPool({ threads: 2 });
});

afterAll(async () => {
  await matcher[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function refusal(bytes: Uint8Array | null, options: Partial<ImportAs> = {}): Promise<GalleryRefused> {
  const path = options.filePath ?? join(folder, 'changed.rwgallery');
  if (bytes !== null) await writeFile(path, bytes);
  const attempt = importAs({
    targetPath,
    signer: authority.publicKey,
    stationKey,
    matcher,
    ...options,
    filePath: path,
  });
  const fault: GalleryRefused = await attempt.then(
    () => Promise.reject(new Error('the file was imported')),
    (reason: unknown) => reason as GalleryRefused,
  );
  expect(await readdir(join(folder, 'station'))).toEqual([]);
  return fault;
}

function changedAt(at: number, by = 1): Buffer {
  const changed = Buffer.from(whole);
  changed[at] = (changed[at] ?? 0) ^ by;
  return changed;
}

/** Signs the content of `whole` anew, under what a wrong or careless authority would say of it. */
function signedAnew(change: Partial<Manifest>, content = whole.subarray(HEADER_BYTES, HEADER_BYTES + contentBytes())) {
  const text = encodeManifest({ ...manifest, ...change });
  return Buffer.concat([signHeader(text, content.length, authority.privateKey), content, text]);
}

function contentBytes(): number {
  return decodeHeader(whole).contentBytes;
}

describe('a file of an authority', () => {
  test('says without a key who made it, of whom, and for whom; and shows nobody', async () => {
    await using provided = await openProvidedGallery(filePath, null);
    expect(provided.origin).toMatchObject({
      origin: 'An authority of the tests',
      people: PEOPLE,
      signer: authority.publicKey,
    });
    expect(provided.manifest.chunks.length).toBeGreaterThan(3);
    expect(whole.includes('person-1')).toBe(false);
    expect(whole.includes(Buffer.from(templateOfPerson(1, 2).subarray(0, 30)))).toBe(false);
  });

  test(
    'is refused when one byte is flipped, wherever, with the reason of its region',
    { timeout: 120_000 },
    async () => {
      const regions = [
        { name: 'magic', from: 0, to: 8, reasons: ['not-a-gallery'] },
        { name: 'version', from: 8, to: 10, reasons: ['version'] },
        { name: 'unused', from: 10, to: 12, reasons: ['signature'] },
        { name: 'lengths', from: 12, to: 24, reasons: ['truncated', 'too-long', 'too-large'] },
        { name: 'unused', from: 24, to: 32, reasons: ['signature'] },
        { name: 'signer', from: 32, to: 64, reasons: ['untrusted-key'] },
        { name: 'signature', from: 64, to: 128, reasons: ['signature'] },
        { name: 'content', from: 128, to: 128 + contentBytes(), reasons: ['chunk-altered'] },
        { name: 'manifest', from: 128 + contentBytes(), to: whole.length, reasons: ['signature'] },
      ];
      const drawn = fc.constantFrom(...regions).chain((region) =>
        fc.record({
          region: fc.constant(region),
          at: fc.integer({ min: region.from, max: region.to - 1 }),
          bit: fc.integer({ min: 0, max: 7 }),
        }),
      );
      await fc.assert(
        fc.asyncProperty(drawn, async ({ region, at, bit }) => {
          const { reason } = await refusal(changedAt(at, 1 << bit));
          expect(region.reasons, `${region.name} ${at}`).toContain(reason);
        }),
        { numRuns: 120, seed: 1 },
      );
    },
  );

  test('is refused when its end is missing, or when it goes on', async () => {
    for (const length of [whole.length - 1, HEADER_BYTES + contentBytes(), HEADER_BYTES + 10, HEADER_BYTES, 90, 9]) {
      expect((await refusal(whole.subarray(0, length))).reason).toBe('truncated');
    }
    expect((await refusal(Buffer.concat([whole, Buffer.alloc(1)]))).reason).toBe('too-long');
    for (const other of [Buffer.alloc(0), Buffer.from('%PDF-1.7 and so on'), Buffer.alloc(5_000)]) {
      expect((await refusal(other)).reason).toBe('not-a-gallery');
    }
  });

  test('is refused when two chunks are exchanged, and told where the first belongs', async () => {
    const chunk = CHUNK_BYTES + TAG_BYTES;
    const exchanged = Buffer.from(whole);
    whole.copy(exchanged, HEADER_BYTES, HEADER_BYTES + chunk, HEADER_BYTES + 2 * chunk);
    whole.copy(exchanged, HEADER_BYTES + chunk, HEADER_BYTES, HEADER_BYTES + chunk);
    const fault = await refusal(exchanged);
    expect([fault.reason, fault.figures]).toEqual(['chunk-moved', expect.objectContaining({ chunk: 0, belongsAt: 1 })]);
  });

  test('is refused when its very authority lists its chunks in another order: the cipher binds each to its place', async () => {
    const chunk = CHUNK_BYTES + TAG_BYTES;
    const content = Buffer.from(whole.subarray(HEADER_BYTES, HEADER_BYTES + contentBytes()));
    whole.copy(content, 0, HEADER_BYTES + chunk, HEADER_BYTES + 2 * chunk);
    whole.copy(content, chunk, HEADER_BYTES, HEADER_BYTES + chunk);
    const [first, second, ...others] = manifest.chunks;
    const chunks = [second!, first!, ...others];
    expect((await refusal(signedAnew({ chunks }, content))).reason).toBe('chunk-key');
  });

  test('is refused when nobody whom the station trusts has signed it', async () => {
    const stranger = makeSigner();
    const path = join(folder, 'stranger.rwgallery');
    await writeAuthorityFile(path, { ...common, authority: stranger.privateKey });
    const { reason, figures } = await refusal(null, { filePath: path });
    expect([reason, figures['signer']]).toEqual(['untrusted-key', stranger.publicKey]);
    expect((await refusal(null, { filePath, trust: { police: [], immigration: [] } })).reason).toBe('untrusted-key');
  });

  test('is refused when its signer may sign for the other database alone', async () => {
    const trust = { police: [], immigration: [authority.publicKey] };
    expect((await refusal(null, { filePath, trust })).reason).toBe('key-not-for-database');
  });

  test('is refused when it is of the other database, has expired, or comes from the future', async () => {
    const cases: [string, Parameters<typeof writeAuthorityFile>[1], Partial<ImportAs>][] = [
      [
        'other-database',
        { ...common, database: 'immigration' },
        { trust: { police: [], immigration: [authority.publicKey] } },
      ],
      ['expired', { ...common, expiresAt: new Date(NOW).toISOString() }, {}],
      ['from-the-future', { ...common, extractedAt: new Date(NOW + 2 * DAY).toISOString() }, {}],
    ];
    const path = join(folder, 'other.rwgallery');
    for (const [reason, file, options] of cases) {
      await writeAuthorityFile(path, file);
      expect((await refusal(null, { filePath: path, ...options })).reason).toBe(reason);
    }
  });

  test('is refused when it is older than what is there, unless the administrator says so', async () => {
    const presentExtractedAt = new Date(NOW - DAY / 2).toISOString();
    expect((await refusal(null, { filePath, presentExtractedAt })).reason).toBe('older');
    const options = { filePath, targetPath, signer: authority.publicKey, stationKey, matcher, presentExtractedAt };
    await importAs({ ...options, isOlderAccepted: true });
    await rm(targetPath);
  });

  test('is refused by a station that it was not encrypted for', async () => {
    expect((await refusal(null, { filePath, stationKey: makeStationKey() })).reason).toBe('not-for-this-station');
    const otherKey = rawPublicKey(makeStationKey()).toString('hex');
    const [own] = manifest.recipients;
    const borrowed = signedAnew({ recipients: [{ ...own!, ephemeralKey: otherKey }] });
    expect((await refusal(borrowed)).reason).toBe('not-for-this-station');
  });

  test('is refused when its manifest is signed and wrong: another count, another form, a length that cannot be', async () => {
    expect((await refusal(signedAnew({ people: PEOPLE + 1 }))).reason).toBe('counts');
    expect((await refusal(signedAnew({ galleryId: '7d4c1b1e-0000-4000-8000-000000000000' }))).reason).toBe(
      'not-for-this-station',
    );
    const text = Buffer.from(JSON.stringify({ ...manifest, note: 'one field more' }));
    const content = whole.subarray(HEADER_BYTES, HEADER_BYTES + contentBytes());
    const withMore = Buffer.concat([signHeader(text, content.length, authority.privateKey), content, text]);
    expect((await refusal(withMore)).reason).toBe('manifest');
    const noJson = Buffer.from('{"format":1');
    const broken = Buffer.concat([signHeader(noJson, content.length, authority.privateKey), content, noJson]);
    expect((await refusal(broken)).reason).toBe('manifest');
  });

  test('that claims 4 GB, or 2^64 bytes, or is that large, is refused at once and in little memory', async () => {
    const before = process.memoryUsage().rss;
    const claims = [
      (view: DataView) => view.setUint32(12, 0xffff_ffff, true),
      (view: DataView) => view.setBigUint64(16, 0xffff_ffffn, true),
      (view: DataView) => view.setBigUint64(16, 0xffff_ffff_ffff_ffffn, true),
    ];
    for (const claim of claims) {
      const changed = Buffer.from(whole);
      claim(new DataView(changed.buffer, changed.byteOffset));
      expect(['too-large', 'truncated']).toContain((await refusal(changed)).reason);
    }
    const path = join(folder, 'sparse.rwgallery');
    await writeFile(path, whole.subarray(0, HEADER_BYTES));
    truncateSync(path, MAXIMUM_FILE_BYTES + 1);
    expect((await refusal(null, { filePath: path })).reason).toBe('too-large');
    await rm(path);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });

  test('is read from a regular file alone: no folder, no link, no pipe, nothing that is not there', async () => {
    const link = join(folder, 'link.rwgallery');
    await symlink(filePath, link);
    for (const path of [folder, link, join(folder, 'nobody.rwgallery'), '/dev/zero']) {
      expect((await refusal(null, { filePath: path })).reason).toBe('unreadable');
    }
  });

  test('whose people are damaged though signed is refused, whatever bytes they are', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (noise) => {
        const path = join(folder, 'noise.rwgallery');
        await writeNoise(path, noise);
        expect(['people', 'counts']).toContain((await refusal(null, { filePath: path })).reason);
      }),
      { numRuns: 25, seed: 3 },
    );
  });
});

/** A file that is right in everything but that its content is noise instead of people. */
async function writeNoise(path: string, noise: Uint8Array): Promise<void> {
  const key = randomBytes(32);
  const { galleryId } = manifest;
  const sealed = sealContentChunk(key, { galleryId, index: 0 }, noise);
  const text = encodeManifest({
    ...manifest,
    people: 1,
    fingers: 1,
    contentBytes: noise.length,
    chunks: [createHash('sha256').update(sealed).digest('hex')],
    recipients: [wrapContentKey(key, galleryId, station)],
  });
  const file = await open(path, 'w');
  await file.writeFile(Buffer.concat([signHeader(text, sealed.length, authority.privateKey), sealed, text]));
  await file.close();
}
