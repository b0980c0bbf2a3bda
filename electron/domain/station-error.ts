/**
 * The base of everything unexpected that the station throws: a code from the closed list of its area, figures without
 * personal text, and the cause. An expected failure is a value, never one of these.
 */
export abstract class StationError extends Error {
  abstract readonly code: string;
  readonly figures: Readonly<Record<string, number | string>>;

  protected constructor(code: string, figures: Readonly<Record<string, number | string>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.figures = figures;
  }
}
