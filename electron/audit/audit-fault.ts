import { StationError } from '../domain/station-error.ts';

export type AuditFaultCode =
  | 'audit.event-not-in-the-list'
  | 'audit.row-unreadable'
  | 'audit.log-broken'
  | 'audit.anchors-unreadable';

/** Something that must not be written into the log, or cannot be read from it. */
export class AuditFault extends StationError {
  readonly code: AuditFaultCode;

  constructor(code: AuditFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(code, figures, options);
    this.code = code;
  }
}
