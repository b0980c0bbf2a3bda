import { StationError } from '../../domain/station-error.ts';

/** A command line, a list or a file of it that cannot be used. Figures name the line or the file's place in the list. */
export class CliFault extends StationError {
  override readonly name = 'CliFault';
  readonly code: 'gallery.usage' | 'gallery.list' | 'gallery.file' | 'gallery.key-file' | 'gallery.nobody';

  constructor(code: CliFault['code'], figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}
