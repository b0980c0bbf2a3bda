/** The filter's view of one finger, sorted by angle: `count` cylinders, as a structure of arrays. */
export interface FingerCylinders {
  readonly count: number;
  /** `count × CODE_BYTES`. */
  readonly codes: Uint8Array;
  /** Pixels at 500 ppi from the middle of the finger's minutiae. */
  readonly x: Int16Array;
  readonly y: Int16Array;
  /** The minutia's angle in steps of 2π/256. */
  readonly angle: Uint8Array;
}
