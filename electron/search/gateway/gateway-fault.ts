import { StationError } from '../../domain/station-error.ts';

export type GatewayFaultCode =
  | 'gateway.address'
  | 'gateway.certificate-unreadable'
  | 'gateway.key-unreadable'
  | 'gateway.key-of-another-certificate'
  | 'gateway.files-unreadable'
  | 'gateway.record-too-large';

/** What is wrong with how a gateway was set up, or with what was to be sent: codes and figures, never a byte of a print. */
export class GatewayFault extends StationError {
  override readonly name = 'GatewayFault';
  readonly code: GatewayFaultCode;

  constructor(code: GatewayFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}
