import type { RefusalCode } from '../contract/errors.ts';

/** A call that the station refuses, with the code from the contract's closed list. The router turns it into `REFUSED`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
