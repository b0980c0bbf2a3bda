import { decodeTemplate } from '../template/template-codec.ts';
import type { FingerTemplate } from '../template/minutia.ts';
import { buildCylinders, type Cylinders } from './cylinders.ts';

/** A template made ready for comparison with many others. Holds what can be computed from one finger alone. */
export interface PreparedTemplate {
  readonly finger: FingerTemplate;
  readonly count: number;
  readonly xPx: Float32Array;
  readonly yPx: Float32Array;
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
  /** Directions in 256ths of a turn. */
  readonly turns: Uint8Array;
  readonly qualities: Float32Array;
  readonly cylinders: Cylinders;
}

/** Reads a template and builds its cylinders. @throws MatcherFault as `decodeTemplate` does. */
export function prepareTemplate(template: Uint8Array): PreparedTemplate {
  const finger = decodeTemplate(template);
  const { minutiae } = finger;
  return {
    finger,
    count: minutiae.length,
    xPx: Float32Array.from(minutiae, (minutia) => minutia.xPx),
    yPx: Float32Array.from(minutiae, (minutia) => minutia.yPx),
    cosines: Float32Array.from(minutiae, (minutia) => Math.cos(minutia.angleRad)),
    sines: Float32Array.from(minutiae, (minutia) => Math.sin(minutia.angleRad)),
    turns: Uint8Array.from(minutiae, (minutia) => Math.round((minutia.angleRad / (2 * Math.PI)) * 256) & 255),
    qualities: Float32Array.from(minutiae, (minutia) => minutia.quality),
    cylinders: buildCylinders(finger),
  };
}
