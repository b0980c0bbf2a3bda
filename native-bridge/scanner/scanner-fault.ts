/** Everything that can go wrong between the driver and a device. */
export type ScannerFaultCode =
  | 'scanner.not-found'
  | 'scanner.no-permission'
  | 'scanner.in-use'
  | 'scanner.not-enrolled'
  | 'scanner.busy'
  | 'scanner.buffer-too-small'
  | 'scanner.driver-missing'
  | 'scanner.no-answer'
  | 'scanner.unplugged'
  | 'scanner.protocol'
  | 'scanner.report-gap'
  | 'scanner.checksum'
  | 'scanner.helper-crashed'
  | 'scanner.profile-invalid'
  | 'scanner.fault-invalid'
  | 'scanner.feed-empty'
  | 'scanner.feed-unreadable';

/** A scanner that cannot do what was asked. Carries a code and figures, never a byte of an image. */
export class ScannerFault extends Error {
  override readonly name = 'ScannerFault';
  readonly code: ScannerFaultCode;
  readonly figures: Readonly<Record<string, number | string>>;

  constructor(code: ScannerFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.code = code;
    this.figures = figures;
  }
}
