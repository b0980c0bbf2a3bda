import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { GalleryFinger } from '../../../native-bridge/matcher/index/gallery-person.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import type { FingerPosition, MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../../native-bridge/matcher/parameters.ts';
import { createProvidedGalleryWriter, type ProvidedGalleryOptions } from '../provided-gallery-writer.ts';
import { CliFault } from './cli-fault.ts';
import { readPeopleList, type ListedFile, type ListedPerson } from './people-list.ts';
import { fingersOfFile, type FoundFinger } from './read-fingers.ts';

/** Largest file of a person that is read, bytes. */
const MAXIMUM_INPUT_BYTES = 64 * 2 ** 20;

export interface BuildOptions extends ProvidedGalleryOptions {
  readonly listPath: string;
  readonly folder: string;
  readonly outPath: string;
  /** True: a file that cannot be used ends the building; false: it is left out and counted. */
  readonly isStrict: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
  /** Told of each file that is left out, and why. */
  readonly onLeftOut: (file: string, reason: string) => void;
}

/** What was built, and what had to be left out. */
export interface BuildReport {
  readonly file: string;
  readonly galleryId: string;
  readonly people: number;
  readonly fingers: number;
  readonly peopleLeftOut: number;
  readonly filesLeftOut: number;
}

async function templateOf(found: FoundFinger, matcher: MatcherPool, signal: AbortSignal): Promise<Uint8Array | null> {
  if (found.kind === 'template') return found.template;
  const { pixels, widthPx, heightPx, resolutionPpi } = found.image;
  const lent = new SharedArrayBuffer(pixels.length);
  const into = new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES);
  new Uint8Array(lent).set(pixels);
  pixels.fill(0);
  try {
    const report = await matcher.extract({ pixels: lent, widthPx, heightPx, resolutionPpi }, into, signal);
    return report.kind === 'extracted' ? new Uint8Array(into).slice(0, report.templateBytes) : null;
  } finally {
    new Uint8Array(lent).fill(0);
    new Uint8Array(into).fill(0);
  }
}

async function readListed({ file }: ListedFile, folder: string): Promise<Uint8Array> {
  const bytes = await readFile(resolve(folder, file));
  if (bytes.length > MAXIMUM_INPUT_BYTES) throw new CliFault('gallery.file', { bytes: bytes.length });
  return bytes;
}

/** The code of a typed fault or of the file system, or the name of any other. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

interface ReadPerson {
  readonly fingers: readonly GalleryFinger[];
  readonly filesLeftOut: number;
}

async function readPerson(person: ListedPerson, matcher: MatcherPool, options: BuildOptions): Promise<ReadPerson> {
  const fingers = new Map<FingerPosition, Uint8Array>();
  let filesLeftOut = 0;
  for (const listed of person.files) {
    let taken = 0;
    let reason = 'no-finger';
    try {
      const bytes = await readListed(listed, options.folder);
      for (const found of fingersOfFile(bytes, listed)) {
        const template = fingers.has(found.position) ? null : await templateOf(found, matcher, options.signal);
        if (template === null) continue;
        fingers.set(found.position, template);
        taken += 1;
      }
      bytes.fill(0);
    } catch (cause) {
      options.signal.throwIfAborted();
      reason = reasonOf(cause);
      if (options.isStrict) throw new CliFault('gallery.file', { file: listed.file, reason }, { cause });
    }
    if (taken > 0) continue;
    if (options.isStrict) throw new CliFault('gallery.file', { file: listed.file, reason });
    options.onLeftOut(listed.file, reason);
    filesLeftOut += 1;
  }
  return { fingers: [...fingers].map(([position, template]) => ({ position, template })), filesLeftOut };
}

/**
 * Builds the file of an authority from a list of people and their files. Nothing is left of a file that was not finished.
 * @throws CliFault; GalleryRefused; the signal's reason
 */
export async function buildGallery(options: BuildOptions): Promise<BuildReport> {
  const people = readPeopleList(await readFile(options.listPath, 'utf8'));
  const threads = availableParallelism();
  await using matcher = createMatcherPool({ threads });
  await using writer = await createProvidedGalleryWriter(options.outPath, options);
  let [peopleLeftOut, filesLeftOut, fingers] = [0, 0, 0];
  for (let first = 0; first < people.length; first += threads) {
    options.signal.throwIfAborted();
    const some = people.slice(first, first + threads);
    const read = await Promise.all(some.map((person) => readPerson(person, matcher, options)));
    for (const [index, person] of read.entries()) {
      filesLeftOut += person.filesLeftOut;
      const reference = some[index]?.reference;
      if (reference === undefined || person.fingers.length === 0) {
        peopleLeftOut += 1;
        continue;
      }
      await writer.add({ reference, fingers: person.fingers });
      fingers += person.fingers.length;
      for (const { template } of person.fingers) template.fill(0);
    }
    options.onProgress(first + some.length, people.length);
  }
  if (writer.people === 0) throw new CliFault('gallery.nobody', { peopleLeftOut, filesLeftOut });
  options.signal.throwIfAborted();
  const { galleryId } = await writer.finish();
  return { file: options.outPath, galleryId, people: writer.people, fingers, peopleLeftOut, filesLeftOut };
}
