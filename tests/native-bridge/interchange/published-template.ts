import type { MinutiaeTemplate } from '../../../native-bridge/interchange/iso-19794/minutiae-template.ts';
import { readRealText } from './real-files.ts';

/** The part of a published decode that is compared. */
interface PublishedTemplate {
  readonly vendorId?: number;
  readonly subformat?: number;
  readonly sensorCertified: boolean;
  readonly sensorId: number;
  readonly width: number;
  readonly height: number;
  readonly resolutionX: number;
  readonly resolutionY: number;
  readonly fingerprints: readonly {
    readonly position: string;
    readonly view: number;
    readonly scanType: string;
    readonly quality: number;
    readonly minutiae: readonly {
      readonly type: string;
      readonly positionX: number;
      readonly positionY: number;
      readonly angle: number;
      readonly quality: number;
    }[];
    readonly counts: { readonly edges: readonly { from: number; to: number; count: number }[] } | null;
    readonly extensions: readonly { readonly type: number; readonly data: string }[];
  }[];
}

const POSITIONS = [
  'UNKNOWN',
  'RIGHT_THUMB',
  'RIGHT_INDEX',
  'RIGHT_MIDDLE',
  'RIGHT_RING',
  'RIGHT_LITTLE',
  'LEFT_THUMB',
  'LEFT_INDEX',
  'LEFT_MIDDLE',
  'LEFT_RING',
  'LEFT_LITTLE',
];
const SCAN_TYPES = ['LIVE_PLAIN', 'LIVE_ROLLED', 'NONLIVE_PLAIN', 'NONLIVE_ROLLED'];

/** What is compared of a published decode: the frame, and all of every finger. */
export function readPublished(name: string) {
  const published: PublishedTemplate = JSON.parse(readRealText(`fmr/${name}.json`));
  return {
    sensorId: published.sensorId,
    sensorCertified: published.sensorCertified,
    size: [published.width, published.height],
    resolution: [published.resolutionX, published.resolutionY],
    product: published.vendorId === undefined ? null : { owner: published.vendorId, type: published.subformat },
    fingers: published.fingerprints.map((finger) => ({
      position: finger.position,
      view: finger.view,
      scanType: finger.scanType,
      quality: finger.quality,
      minutiae: finger.minutiae,
      extensions: finger.extensions,
      edges: finger.counts?.edges ?? [],
    })),
  };
}

/** Our reading in the words of the published decode. */
export function publishedForm(template: MinutiaeTemplate): ReturnType<typeof readPublished> {
  const [first] = template.views;
  return {
    sensorId: template.deviceNumber,
    sensorCertified: template.complianceCode >= 8,
    size: [first?.widthPx ?? 0, first?.heightPx ?? 0],
    resolution: [first?.xPixelsPerCm ?? 0, first?.yPixelsPerCm ?? 0],
    product: template.product,
    fingers: template.views.map((view) => ({
      position: POSITIONS[view.fingerPosition] ?? '',
      view: view.viewNumber,
      scanType: SCAN_TYPES[view.impressionCode] ?? '',
      quality: view.quality ?? -1,
      minutiae: view.minutiae.map((minutia) => ({
        type: minutia.type.toUpperCase(),
        positionX: minutia.xPx,
        positionY: minutia.yPx,
        angle: minutia.angleUnits,
        quality: minutia.quality ?? -1,
      })),
      extensions: view.extensions.map(({ type, bytes }) => ({ type, data: Buffer.from(bytes).toString('base64') })),
      edges: view.ridgeCounts.map(({ from, to, ridges }) => ({ from, to, count: ridges })),
    })),
  };
}
