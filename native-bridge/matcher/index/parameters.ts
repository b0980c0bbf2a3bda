/** Version of the gallery file's header, table and shard layout. */
export const GALLERY_FORMAT_VERSION = 1;

/** Version of the descriptors that a gallery carries for the filter: another version needs another build of the file. */
export const GALLERY_INDEX_VERSION = 1;

/** People of one shard: small enough (about 10 MB) to be hashed, checked and handed out as one piece of work. */
export const SHARD_PEOPLE = 4096;

/** Largest share of the memory that is available when a gallery is opened that the gallery may take. */
export const GALLERY_MEMORY_SHARE = 0.8;

/** Largest piece of shared memory that holds shards, bytes: few handles for the workers, well below the engine's limit. */
export const SLAB_BYTES = 2 ** 30;

/** Largest reference of a record, bytes of UTF-8. */
export const MAXIMUM_REFERENCE_BYTES = 64;

/** Largest database label and largest origin, bytes of UTF-8 each. */
export const MAXIMUM_PROVENANCE_BYTES = 256;

/** Largest number of people in one gallery: shares of a candidate list are counted in 32 bits. */
export const MAXIMUM_GALLERY_PEOPLE = 2 ** 24;

/** Bytes of one cylinder code: 256 bits. Source: the cost table in docs/search.md. */
export const CODE_BYTES = 32;

/** Most cylinders of a finger in the index, the best by quality: a full fingertip shows 40–100 minutiae. */
export const MAXIMUM_INDEXED_CYLINDERS = 48;

/** How long a worker may take to stop when it was asked to, milliseconds: many times its longest unit of work. */
export const STOP_GRACE_MS = 2_000;

/** How long one extraction may take, milliseconds, waiting for a free worker included; it normally takes 20. */
export const EXTRACTION_DEADLINE_MS = 10_000;

/** How long the opening of a gallery may take, milliseconds: 4 GB from a slow disk. */
export const OPENING_DEADLINE_MS = 300_000;

/** People of one unit of the filter's work, milliseconds of it on one thread; also how soon a search notices a stop. */
export const FILTER_BLOCK_PEOPLE = 256;

/** People of one unit of full comparison. */
export const COMPARE_BLOCK_PEOPLE = 4;

/** Angles are counted in this many steps of a turn, as in the template. */
export const ANGLE_STEPS = 256;

/** Places of a cylinder on its disc. With four directions they make the 256 bits of a code. */
export const CYLINDER_CELLS = 64;

/** Directions of a cylinder. Chosen on the development sets: 85 × 3 and 42 × 6 were no better. */
export const CYLINDER_DIRECTIONS = 4;

/** Radius of a cylinder, pixels at 500 ppi (3.6 mm). Source: Cappelli 2010; 60 and 85 were worse on the development sets. */
export const CYLINDER_RADIUS_PX = 70;

/** Spread of a neighbour's place, pixels at 500 ppi. Source: Cappelli 2010 (28/3); 7 and 12 were worse. */
export const PLACE_SPREAD_PX = 28 / 3;

/** Spread of a neighbour's direction. 30° and 55° were worse on the development sets. */
export const DIRECTION_SPREAD_RAD = (40 * Math.PI) / 180;

/** How far a neighbour may lie to touch a cylinder, pixels: the radius and three spreads. */
export const NEIGHBOUR_REACH_PX = CYLINDER_RADIUS_PX + 3 * PLACE_SPREAD_PX;

/** What a neighbour of quality 0 counts, against 1 for quality 1. */
export const LEAST_NEIGHBOUR_WEIGHT = 0.5;

/** Ones of a code, of 256. 15, 30 and 40 % were worse on the development sets. */
export const CODE_ONES = 56;

/** Angles are sorted into this many buckets (11.25° each). */
export const ANGLE_BUCKETS = 32;

/** Buckets on each side of a probe minutia's in which its partner is sought: a turn of the finger of 45–56°. */
export const TURN_BUCKETS = 4;

/** A pair of codes votes when they differ in fewer bits than this, and the more the fewer. */
export const VOTE_REACH_BITS = 75;

/** Pairs agree when they move the finger alike: within this many pixels at 500 ppi and steps of angle. */
export const SHIFT_LIMIT_PX = 16;
export const TURN_LIMIT_STEPS = 10;

/** Movements that the verification tries. A third gained nothing on the development sets. */
export const VERIFY_ROUNDS = 2;

/** How far apart matched minutiae may lie, pixels at 500 ppi: before and after the probe was laid anew. */
export const WIDE_LIMIT_PX = 18;
export const CLOSE_LIMIT_PX = 14;

/** Largest difference of matched minutiae's angles, steps of 2π/256: 28°. */
export const MATCH_ANGLE_STEPS = 20;

/** A minutia with one of the other finger nearer than this lies in the overlap, pixels at 500 ppi (2 mm). */
export const OVERLAP_PX = 40;

/** Codes that differ in so many bits or more are not alike at all. */
export const LIKENESS_BITS = 100;

/** How firmly the pairs' own turn holds the first rotation: as pairs 20 px from their middle would. */
export const TURN_PRIOR_PX2 = 400;

/** Makes a verification's score a whole number: a good mate reaches some thousands. */
export const VERIFY_SCALE = 400;

/** What the vote adds to the verification's score. Source: docs/search.md. */
export const VERIFY_VOTE_SCALE = 1;

/** People who are verified after the vote: a share of the gallery between two bounds. Source: the loss table in docs/search.md. */
export const VERIFIED_SHARE = 0.01;
export const LEAST_VERIFIED_PEOPLE = 300;
export const MOST_VERIFIED_PEOPLE = 8000;

/**
 * People who are compared in full after the verification: so many for each power of ten by which the gallery is larger
 * than a hundred people, for the best of the strangers grow better with their number as a logarithm does.
 */
export const COMPARED_PEOPLE_PER_DECADE = 6;

/** Decades that are counted at least. */
export const LEAST_DECADES = 2;

/** How many times more people are let through when one finger alone must sort them. Source: the loss table in docs/search.md. */
export const ONE_FINGER_FACTOR = 4;

/** Shares of a search's time that the vote and the verification take, for the progress shown. */
export const VOTE_PROGRESS_SHARE = 0.6;
export const VERIFY_PROGRESS_SHARE = 0.15;

/** People of one unit of verification, about a millisecond on one thread. */
export const VERIFY_BLOCK_PEOPLE = 64;

/** People synthesised between two reports of progress. */
export const SYNTHESIS_BATCH_PEOPLE = 64;

/** How long one batch of synthesis may take, milliseconds: a hundred times what it should. */
export const SYNTHESIS_DEADLINE_MS = 300_000;

/** How long one shard of a gallery that is imported may take, milliseconds: a hundred times what it should. */
export const INDEXING_DEADLINE_MS = 300_000;

/**
 * Heap of a thread that prepares a gallery, megabytes: a shard's objects take 10. A small young generation makes the engine
 * look for garbage often; with its usual one two threads gathered 300 MB.
 */
export const INDEXER_HEAP = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 4 } as const;

/** A shard's size against that of its people: 37 bytes of index for the 6 of a minutia, and the template itself. */
export const INDEXED_BATCH_FACTOR = 9;
