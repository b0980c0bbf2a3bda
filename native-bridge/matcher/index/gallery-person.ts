import type { FingerPosition } from '../matcher.ts';

/** One finger of a record: the compact template that the extractor made. */
export interface GalleryFinger {
  readonly position: FingerPosition;
  readonly template: Uint8Array;
}

/** One record of a gallery: the authority's reference and one to ten fingers, each position once. */
export interface GalleryPerson {
  readonly reference: string;
  readonly fingers: readonly GalleryFinger[];
}
