import { readMinutiaeTemplate } from '../iso-19794/read-minutiae-template.ts';
import type { Description } from './description.ts';

/** Describes a record of minutiae: everything but the minutiae. @throws InterchangeFault fmr.* */
export function describeMinutiae(bytes: Uint8Array): Description {
  const template = readMinutiaeTemplate(bytes);
  return {
    format: template.format,
    bytes: bytes.length,
    isLengthExact: template.isLengthExact,
    deviceNumber: template.deviceNumber,
    complianceCode: template.complianceCode,
    productOwner: template.product?.owner ?? null,
    productType: template.product?.type ?? null,
    view: template.views.map((view) => ({
      fingerPosition: view.fingerPosition,
      viewNumber: view.viewNumber,
      impressionCode: view.impressionCode,
      quality: view.quality,
      widthPx: view.widthPx,
      heightPx: view.heightPx,
      xPixelsPerCm: view.xPixelsPerCm,
      yPixelsPerCm: view.yPixelsPerCm,
      minutiae: view.minutiae.length,
      endings: view.minutiae.filter((minutia) => minutia.type === 'ending').length,
      bifurcations: view.minutiae.filter((minutia) => minutia.type === 'bifurcation').length,
      ridgeCounts: view.ridgeCounts.length,
      extensions: view.extensions.map((extension) => extension.type),
    })),
  };
}
