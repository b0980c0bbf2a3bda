import { decodeImage } from '../../../native-bridge/image/read-image.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { decodeRecordImage, imageOfRecord } from '../../../native-bridge/interchange/ansi-nist/image-record.ts';
import { readTransaction } from '../../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import { formatOf } from '../../../native-bridge/interchange/cli/file-format.ts';
import type { FingerView } from '../../../native-bridge/interchange/iso-19794/minutiae-template.ts';
import { readMinutiaeTemplate } from '../../../native-bridge/interchange/iso-19794/read-minutiae-template.ts';
import { decodeWsq } from '../../../native-bridge/interchange/wsq/decode-wsq.ts';
import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import type { Minutia } from '../../../native-bridge/matcher/template/minutia.ts';
import { encodeTemplate } from '../../../native-bridge/matcher/template/template-codec.ts';
import { templateOfMinutiae } from '../../../native-bridge/matcher/template/template-of-minutiae.ts';
import type { ListedFile } from './people-list.ts';

/** What a file holds of one finger: an image to extract, or a template that is one already. */
export type FoundFinger =
  | { readonly kind: 'image'; readonly position: FingerPosition; readonly image: GreyImage }
  | { readonly kind: 'template'; readonly position: FingerPosition; readonly template: Uint8Array };

const POSITIONS: readonly FingerPosition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Pixels per centimetre of 500 ppi. */
const NOMINAL_PER_CM = 500 / 2.54;
/** What a minutia counts of whose quality its maker says nothing. Ours. */
const UNREPORTED_QUALITY = 50;

function positionFrom(codes: readonly number[], listed: FingerPosition | null): FingerPosition | undefined {
  const own = codes.length === 1 ? POSITIONS.find((position) => position === codes[0]) : undefined;
  return listed ?? own;
}

/** ISO and INCITS turn anticlockwise with y upwards, the matcher clockwise with y downwards; both point into the ridge. */
function minutiaeOf(view: FingerView): Minutia[] {
  const kinds = { ending: 'ending', bifurcation: 'bifurcation', other: 'unsettled' } as const;
  return view.minutiae.map(({ angleRad, quality, type, xPx, yPx }) => ({
    xPx: (xPx * NOMINAL_PER_CM) / view.xPixelsPerCm,
    yPx: (yPx * NOMINAL_PER_CM) / view.yPixelsPerCm,
    angleRad: (2 * Math.PI - angleRad) % (2 * Math.PI),
    kind: kinds[type],
    quality: (quality === null || quality === 0 ? UNREPORTED_QUALITY : quality) / 100,
  }));
}

function fromTemplate(bytes: Uint8Array, listed: ListedFile): FoundFinger[] {
  const { views } = readMinutiaeTemplate(bytes);
  return views.flatMap((view): FoundFinger[] => {
    const position = positionFrom([view.fingerPosition], views.length === 1 ? listed.position : null);
    if (position === undefined || view.xPixelsPerCm === 0 || view.yPixelsPerCm === 0) return [];
    const finger = templateOfMinutiae({
      widthPx: Math.round((view.widthPx * NOMINAL_PER_CM) / view.xPixelsPerCm),
      heightPx: Math.round((view.heightPx * NOMINAL_PER_CM) / view.yPixelsPerCm),
      quality: view.quality ?? UNREPORTED_QUALITY,
      minutiae: minutiaeOf(view),
    });
    return finger === null ? [] : [{ kind: 'template', position, template: encodeTemplate(finger) }];
  });
}

function fromTransaction(bytes: Uint8Array, listed: ListedFile): FoundFinger[] {
  const transaction = readTransaction(bytes);
  const images = transaction.records.flatMap((record) => {
    const image = [4, 14].includes(record.type) ? imageOfRecord(record, transaction) : null;
    return image === null ? [] : [image];
  });
  return images.flatMap((image): FoundFinger[] => {
    const position = positionFrom(image.fingerPositions, images.length === 1 ? listed.position : null);
    return position === undefined ? [] : [{ kind: 'image', position, image: decodeRecordImage(image) }];
  });
}

/**
 * The fingers of one file: an image (PNG, TIFF, BMP, PGM, WSQ), whose position the list says; the images of Types 4 and 14
 * of an ANSI/NIST file; the views of an ISO/IEC 19794-2 or INCITS 378 record. Fingers without a position, and slaps, are
 * left out. @throws InterchangeFault, ImageFault
 */
export function fingersOfFile(bytes: Uint8Array, listed: ListedFile): readonly FoundFinger[] {
  switch (formatOf(bytes)) {
    case 'minutiae':
      return fromTemplate(bytes, listed);
    case 'ansi-nist':
      return fromTransaction(bytes, listed);
    case 'wsq':
      return fromImage(decodeWsq(bytes), listed);
    default:
      return fromImage(decodeImage(bytes, { resolutionPpi: listed.resolutionPpi ?? 500 }), listed);
  }
}

function fromImage(image: GreyImage, { position, resolutionPpi }: ListedFile): FoundFinger[] {
  if (position === null) {
    image.pixels.fill(0);
    return [];
  }
  return [{ kind: 'image', position, image: { ...image, resolutionPpi: resolutionPpi ?? image.resolutionPpi } }];
}
