import { StationError } from '../station-error.ts';

export type IdentificationFaultCode =
  | 'identification.target-out-of-range'
  | 'identification.size-out-of-range'
  | 'identification.score-not-a-number'
  | 'identification.thresholds-crossed';

/** A call of the identification rules with figures that cannot be meant. */
export class IdentificationFault extends StationError {
  override readonly name = 'IdentificationFault';
  readonly code: IdentificationFaultCode;

  constructor(code: IdentificationFaultCode, figures: Readonly<Record<string, number | string>>) {
    super(code, figures);
    this.code = code;
  }
}
