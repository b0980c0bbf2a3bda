import { encodeWsq } from '../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { prepareTemplate } from '../../../native-bridge/matcher/compare/prepared-template.ts';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';
import { encodeCylinders } from '../../../native-bridge/matcher/index/encode-cylinders.ts';
import { markedFinger, type MarkedFinger } from './marked-finger.ts';
import { NeedleIndex, type Needle } from './needle-index.ts';

const extractor = createExtractor();

/** True when a template comes of the finger: not every made-up one presses well. */
export function isUsable(finger: MarkedFinger): boolean {
  return extractor.extract(markedFinger(finger)).kind === 'extracted';
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Different values in 32 bytes of the marker on bare paper, of which there are at most eight: it is random, so fewer tell enough. */
const MARKER_VALUES = 5;

/** Marker of the bin widths. What stands before it in a file is the same for every image of the encoder. Source: IAFIS-IC-0110. */
const BIN_WIDTHS = [0xff, 0xa5] as const;

/** A WSQ file from the first byte on that is computed from its image. */
function ofTheImage(file: Uint8Array): Uint8Array {
  const at = file.findIndex((byte, index) => byte === BIN_WIDTHS[0] && file[index + 1] === BIN_WIDTHS[1]);
  if (at < 0) throw new Error('a WSQ file without bin widths');
  return file.subarray(at);
}

/**
 * All that a check makes of its prints and that must not be found: the image as captured, the image as it would be sent
 * (WSQ), the template, and what the two comparisons prepare of it. Computed here, in the proof's own process.
 */
export function needlesOf(fingers: readonly MarkedFinger[]): NeedleIndex {
  const needles: Needle[] = [];
  for (const finger of fingers) {
    const image = markedFinger(finger);
    const extraction = extractor.extract(image);
    if (extraction.kind !== 'extracted') throw new Error(`a marked finger is unusable: ${extraction.reason}`);
    const { template } = extraction;
    const prepared = prepareTemplate(template);
    const filter = encodeCylinders(template);
    const arrays = [prepared.xPx, prepared.yPx, prepared.cosines, prepared.sines, prepared.cylinders.packed];
    needles.push({ name: 'image', bytes: image.pixels, leastValues: MARKER_VALUES });
    needles.push({ name: 'wsq', bytes: ofTheImage(encodeWsq(image)) });
    needles.push({ name: 'template', bytes: template });
    for (const array of arrays) needles.push({ name: 'prepared', bytes: bytesOf(array) });
    for (const array of [filter.codes, filter.x, filter.y]) needles.push({ name: 'filter', bytes: bytesOf(array) });
  }
  return new NeedleIndex(needles);
}
