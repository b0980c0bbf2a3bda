import type { ScannerFaultCode } from './scanner-fault.ts';

/** How a capture can be cut short; all but the deadline are outcomes of their own. */
export type Interruption =
  | { readonly kind: 'aborted' }
  | { readonly kind: 'unplugged' }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'fault'; readonly code: ScannerFaultCode };

/** Carries an interruption out of whatever was waiting; the driver turns it into an outcome and lets nobody else see it. */
export class CaptureInterrupted extends Error {
  override readonly name = 'CaptureInterrupted';
  readonly interruption: Interruption;

  constructor(interruption: Interruption) {
    super(interruption.kind === 'fault' ? interruption.code : interruption.kind);
    this.interruption = interruption;
  }
}
