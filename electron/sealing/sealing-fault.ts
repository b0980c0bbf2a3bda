import { StationError } from '../domain/station-error.ts';

/** Why secrets cannot be sealed or unsealed on this computer. */
export class SealingFault extends StationError {
  override readonly name = 'SealingFault';
  readonly code: 'sealing.no-key-store' | 'sealing.key-file-unreadable' | 'sealing.not-of-this-computer';

  constructor(
    code: SealingFault['code'],
    figures: Readonly<Record<string, number | string>> = {},
    options?: ErrorOptions,
  ) {
    super(code, figures, options);
    this.code = code;
  }
}
