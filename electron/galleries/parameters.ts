/** Version of the file that an authority hands over. Source: docs/galleries.md. */
export const PROVIDED_VERSION = 1;

/** Plain bytes of one chunk of the file: progress and cancelling are as fine as this, the manifest lists one hash a chunk. */
export const CHUNK_BYTES = 2 ** 20;

/** Bytes of the tag behind each chunk. Source: NIST SP 800-38D, full length. */
export const TAG_BYTES = 16;

/** Largest file that is looked at, bytes: ten million people with two fingers. Ours. */
export const MAXIMUM_FILE_BYTES = 16 * 2 ** 30;

/** Largest manifest, bytes: 16,384 hashes and 500 recipients take 1.3 MB. */
export const MAXIMUM_MANIFEST_BYTES = 2 * 2 ** 20;

/** Stations for which one file is encrypted at most. */
export const MAXIMUM_RECIPIENTS = 500;

/** How far an authority's clock may run ahead of the station's, milliseconds: a day. Ours. */
export const CLOCK_TOLERANCE_MS = 86_400_000;

/** One day, milliseconds. */
export const DAY_MS = 86_400_000;

/** Largest sealed key of the preamble of an installed gallery, bytes; key stores give some hundred. */
export const MAXIMUM_SEALED_KEY_BYTES = 4096;

/** Version of the preamble of an installed gallery. */
export const INSTALLED_VERSION = 1;

/**
 * People whom one thread lays out at once, and the bytes that they may take. A quarter of the largest shard: what a thread
 * holds while it works grows with it, and a search hardly notices that there are more shards.
 */
export const BATCH_PEOPLE = 1024;
export const BATCH_BYTES = 2 * 2 ** 20;

/** Threads that prepare a gallery which is imported: as many as the machine has, but not more than this. */
export const MAXIMUM_IMPORT_THREADS = 4;
