import { StationError } from '../domain/station-error.ts';

export type CustodyFaultCode = 'custody.already-erasing' | 'custody.not-zero' | 'custody.size';

/** A mistake in the handling of fingerprint bytes. It never carries one of them. */
export class CustodyFault extends StationError {
  override readonly name = 'CustodyFault';
  readonly code: CustodyFaultCode;

  constructor(code: CustodyFaultCode, figures: Readonly<Record<string, number | string>> = {}) {
    super(code, figures);
    this.code = code;
  }
}
