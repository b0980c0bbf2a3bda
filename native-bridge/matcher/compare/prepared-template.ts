import { decodeTemplate } from '../template/template-codec.ts';
import type { FingerTemplate } from '../template/minutia.ts';
import { buildCylinders, type Cylinders } from './cylinders.ts';

/** A template made ready for comparison with many others. */
export interface PreparedTemplate {
  readonly finger: FingerTemplate;
  readonly xPx: Float32Array;
  readonly yPx: Float32Array;
  readonly angleRad: Float32Array;
  readonly cylinders: Cylinders;
}

/** Reads a template and builds its cylinders. @throws MatcherFault as `decodeTemplate` does. */
export function prepareTemplate(template: Uint8Array): PreparedTemplate {
  const finger = decodeTemplate(template);
  return {
    finger,
    xPx: Float32Array.from(finger.minutiae, (minutia) => minutia.xPx),
    yPx: Float32Array.from(finger.minutiae, (minutia) => minutia.yPx),
    angleRad: Float32Array.from(finger.minutiae, (minutia) => minutia.angleRad),
    cylinders: buildCylinders(finger),
  };
}
