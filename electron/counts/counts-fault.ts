import { StationError } from '../domain/station-error.ts';

export type CountsFaultCode =
  | 'counts.correction-refused'
  | 'counts.key-unreadable'
  | 'counts.connection-unreadable'
  | 'counts.document-invalid'
  | 'counts.period-refused'
  | 'counts.source-unreadable'
  | 'counts.folder-not-empty'
  | 'counts.release-unsafe';

/** Something that the counts refuse, with figures only. */
export class CountsFault extends StationError {
  readonly code: CountsFaultCode;

  constructor(code: CountsFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}
