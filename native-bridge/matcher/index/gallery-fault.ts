/** What can be wrong with a gallery file, or with a person who is to be written into one. */
export type GalleryFaultCode =
  | 'gallery.not-a-gallery'
  | 'gallery.truncated'
  | 'gallery.checksum'
  | 'gallery.too-large'
  | 'gallery.version'
  | 'gallery.unreadable'
  | 'gallery.person-invalid';

/** A gallery that cannot be opened or written. Carries a code and figures, never a reference and never a template. */
export class GalleryFault extends Error {
  override readonly name = 'GalleryFault';
  readonly code: GalleryFaultCode;
  readonly figures: Readonly<Record<string, number | string>>;

  constructor(code: GalleryFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.code = code;
    this.figures = figures;
  }
}
