import { GalleryFault } from '../../native-bridge/matcher/index/gallery-fault.ts';
import { MatcherFault } from '../../native-bridge/matcher/matcher-fault.ts';
import type { GalleryRefusal } from '../contract/galleries.ts';
import { StationError } from '../domain/station-error.ts';

/** A gallery that is not taken, or not used: the reason from the closed list, and figures without a reference or a template. */
export class GalleryRefused extends StationError {
  override readonly name = 'GalleryRefused';
  readonly code = 'gallery.refused';
  readonly reason: GalleryRefusal;

  constructor(reason: GalleryRefusal, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super('gallery.refused', { reason, ...figures }, options);
    this.reason = reason;
  }
}

const OF_GALLERY_FAULT: Readonly<Record<GalleryFault['code'], GalleryRefusal>> = {
  'gallery.not-a-gallery': 'damaged',
  'gallery.truncated': 'damaged',
  'gallery.checksum': 'damaged',
  'gallery.version': 'version',
  'gallery.unreadable': 'unreadable',
  'gallery.too-large': 'memory',
  'gallery.person-invalid': 'people',
};

/** The code of a system's error, or null. */
export function systemCode(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

/** Says of anything that was thrown while a gallery was handled why it is refused. */
export function refusedFor(cause: unknown): GalleryRefused {
  if (cause instanceof GalleryRefused) return cause;
  if (cause instanceof GalleryFault) return new GalleryRefused(OF_GALLERY_FAULT[cause.code], cause.figures, { cause });
  if (cause instanceof MatcherFault && cause.code.startsWith('template.')) {
    return new GalleryRefused('people', cause.figures, { cause });
  }
  const code = systemCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new GalleryRefused('disk-full', {}, { cause });
  return new GalleryRefused('failed', code === null ? {} : { code }, { cause });
}
