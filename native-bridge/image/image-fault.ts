/** Everything that can go wrong between the bytes of an image file and a grey image. */
export type ImageFaultCode =
  | 'image.not-an-image'
  | 'image.truncated'
  | 'image.damaged'
  | 'image.unsupported'
  | 'image.empty'
  | 'image.too-large'
  | 'image.resolution-missing'
  | 'image.unreadable'
  | 'image.folder-empty';

/** An image that cannot be read. Carries a code and figures, never a byte of the image. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault';
  readonly code: ImageFaultCode;
  readonly figures: Readonly<Record<string, number | string>>;

  constructor(code: ImageFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.code = code;
    this.figures = figures;
  }
}
