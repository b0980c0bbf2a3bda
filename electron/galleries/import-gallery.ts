import { randomBytes, type KeyObject } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { createGalleryWriter, type GalleryWriter } from '../../native-bridge/matcher/index/gallery-writer.ts';
import { SEAL_KEY_BYTES } from '../../native-bridge/matcher/index/sealed-file.ts';
import type {
  GalleryIndexer,
  IndexedShard,
  MatcherPool,
  OpenGallery,
  SealedGalleryPath,
} from '../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { GalleryOrigin } from '../contract/galleries.ts';
import { acceptManifest } from './accept-manifest.ts';
import { unwrapContentKey } from './content-key.ts';
import type { Trust } from './envelope.ts';
import { GalleryRefused, refusedFor } from './gallery-refused.ts';
import { encodePreamble } from './installed-gallery.ts';
import type { Manifest } from './manifest.ts';
import { MAXIMUM_IMPORT_THREADS } from './parameters.ts';
import { batchPeople, type PeopleBatch } from './people-batches.ts';
import { openProvidedGallery, type ProvidedGallery } from './provided-gallery.ts';

export interface ImportOptions {
  /** The file of the authority. */
  readonly filePath: string;
  readonly database: DatabaseName;
  /** Where the gallery of that database lies on the station. */
  readonly targetPath: string;
  readonly trust: Trust;
  /** X25519, private. */
  readonly stationKey: KeyObject;
  /** When the extract that is there was made, or null. */
  readonly presentExtractedAt: string | null;
  readonly isOlderAccepted: boolean;
  readonly matcher: Pick<MatcherPool, 'openGallery' | 'startIndexing'>;
  readonly seal: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'verifying' | 'reading' | 'opening', share: number) => void;
  /** Called when the draft is whole, verified and open, and the one before is still there; a fault of it ends the import. */
  readonly beforeReplacing: (origin: GalleryOrigin) => Promise<void>;
}

/** What was imported: it is on the disk, under its name, and open. */
export interface ImportedGallery {
  readonly origin: GalleryOrigin;
  readonly gallery: OpenGallery;
}

/** What a batch becomes: its shard, which is written in the order of the file and zeroed. */
interface Building {
  readonly batch: PeopleBatch;
  readonly shard: Promise<IndexedShard>;
}

async function writeOldest(queue: Building[], writer: GalleryWriter): Promise<void> {
  const oldest = queue.shift();
  if (oldest === undefined) return;
  const shard = await oldest.shard;
  try {
    await writer.addShard(shard.bytes);
  } finally {
    shard.giveBack();
  }
}

/** Runs the batches through the indexer, a few at a time, and leaves no template in memory whatever happens. */
async function writeShards(
  batches: AsyncIterable<PeopleBatch>,
  indexer: GalleryIndexer,
  writer: GalleryWriter,
  signal: AbortSignal,
): Promise<{ people: number; fingers: number }> {
  const queue: Building[] = [];
  const counted = { people: 0, fingers: 0 };
  try {
    for await (const batch of batches) {
      counted.people += batch.people;
      counted.fingers += batch.fingers;
      const shard = indexer.index(batch.memory, batch.bytes, signal).finally(() => batch.giveBack());
      // Looked at in its turn; until then a fault of it is nobody's.
      shard.catch(() => {});
      queue.push({ batch, shard });
      if (queue.length > indexer.threads) await writeOldest(queue, writer);
    }
    while (queue.length > 0) await writeOldest(queue, writer);
    return counted;
  } finally {
    const left = await Promise.allSettled(queue.map(({ shard }) => shard));
    for (const result of left) if (result.status === 'fulfilled') result.value.giveBack();
  }
}

async function* countedChunks(
  provided: ProvidedGallery,
  contentKey: Uint8Array,
  { signal, onProgress }: ImportOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const total = provided.manifest.chunks.length;
  let done = 0;
  for await (const chunk of provided.chunks(contentKey, signal)) {
    yield chunk;
    done += 1;
    onProgress('reading', done / total);
  }
}

async function writeInstalled(
  provided: ProvidedGallery,
  options: ImportOptions,
  draftPath: string,
): Promise<SealedGalleryPath> {
  const { manifest, envelope } = provided;
  const contentKey = unwrapContentKey(manifest.recipients, manifest.galleryId, options.stationKey);
  const key = new SharedArrayBuffer(SEAL_KEY_BYTES);
  const secret = randomBytes(SEAL_KEY_BYTES);
  new Uint8Array(key).set(secret);
  try {
    const preamble = encodePreamble(envelope, await options.seal(secret));
    const sealed = { preamble: preamble.bytes, seal: { key, context: preamble.context } };
    const { database, origin, extractedAt } = manifest;
    const provenance = { databaseLabel: database, origin, createdAt: extractedAt };
    const threads = Math.min(MAXIMUM_IMPORT_THREADS, availableParallelism());
    await using indexer = options.matcher.startIndexing(threads);
    await using writer = await createGalleryWriter(draftPath, provenance, sealed);
    const batches = batchPeople(countedChunks(provided, contentKey, options));
    checkCounts(await writeShards(batches, indexer, writer, options.signal), manifest);
    options.signal.throwIfAborted();
    await writer.finish();
    return { filePath: draftPath, bodyAt: preamble.bytes.length, seal: sealed.seal };
  } finally {
    secret.fill(0);
    contentKey.fill(0);
  }
}

function checkCounts(counted: { people: number; fingers: number }, { people, fingers }: Manifest): void {
  if (counted.people !== people || counted.fingers !== fingers) {
    throw new GalleryRefused('counts', { people, fingers, foundPeople: counted.people, foundFingers: counted.fingers });
  }
}

/** Makes a rename outlive a loss of power; where folders cannot be opened, as on Windows, the file system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/**
 * Imports the file of an authority: verifies who signed it, takes each chunk only when it is what was signed, lays the
 * people out in a draft that is sealed for this computer, opens the draft, which reads and authenticates all of it, and
 * only then gives it the name of the one before. Until that moment the gallery that is there stays untouched.
 * @throws GalleryRefused for every refusal; the signal's reason when it was cancelled, and then nothing is left
 */
export async function importGallery(options: ImportOptions): Promise<ImportedGallery> {
  const { signal, onProgress, targetPath } = options;
  const draftPath = `${targetPath}.new`;
  let place: SealedGalleryPath | null = null;
  try {
    onProgress('verifying', 0);
    await using provided = await openProvidedGallery(options.filePath, options.trust);
    acceptManifest(provided.manifest, options);
    place = await writeInstalled(provided, options, draftPath);
    onProgress('opening', 0);
    const gallery = await options.matcher.openGallery(place, signal);
    acceptManifest(provided.manifest, options);
    signal.throwIfAborted();
    await options.beforeReplacing(provided.origin);
    await rename(draftPath, targetPath);
    await syncFolder(dirname(targetPath));
    return { origin: provided.origin, gallery };
  } catch (fault) {
    if (place !== null) new Uint8Array(place.seal.key).fill(0);
    await rm(draftPath, { force: true });
    signal.throwIfAborted();
    throw refusedFor(fault);
  }
}
