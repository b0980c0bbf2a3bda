/** Everything that can go wrong in the matcher that is no property of a finger. */
export type MatcherFaultCode =
  | 'template.truncated'
  | 'template.not-a-template'
  | 'template.version'
  | 'template.malformed'
  | 'template.too-large'
  | 'image.dimensions'
  | 'matcher.worker-crashed'
  | 'matcher.deadline'
  | 'matcher.cancelled'
  | 'matcher.closed';

/** A matcher that cannot do what was asked. Carries a code and figures, never anything computed from a print. */
export class MatcherFault extends Error {
  override readonly name = 'MatcherFault';
  readonly code: MatcherFaultCode;
  readonly figures: Readonly<Record<string, number | string>>;

  constructor(code: MatcherFaultCode, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.code = code;
    this.figures = figures;
  }
}
