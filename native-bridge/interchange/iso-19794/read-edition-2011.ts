import type { ByteReader } from '../byte-reader.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FINGER_VIEWS } from '../parameters.ts';
import { ISO_ANGLE_UNIT_DEG, readExtendedArea, readMinutiae, requireAtMost } from './minutiae-bytes.ts';
import type { FingerView, MinutiaeTemplate } from './minutiae-template.ts';

/** Bytes of a quality block, and of a certification block. Source: ISO/IEC 19794-1:2011, 12. */
const QUALITY_BLOCK_BYTES = 5;
const CERTIFICATION_BLOCK_BYTES = 3;
/** Date and time of capture, and the device's technology and vendor. */
const CAPTURE_TIME_BYTES = 9;
const TECHNOLOGY_BYTES = 1;
const VENDOR_BYTES = 2;
/** A quality of 255 says that it could not be computed. */
const MOST_QUALITY = 100;
/** 13 to 15 are slaps and the two thumbs. Source: ISO/IEC 19794-2:2011, finger position codes. */
const MOST_FINGER_POSITION = 15;

/** A view, and the device that the 2011 edition names for each. */
interface Representation {
  readonly view: FingerView;
  readonly deviceNumber: number;
}

/**
 * Reads the rest of an ISO/IEC 19794-2:2011 record, from its length on. The device number is the first representation's.
 * @throws InterchangeFault fmr.* with the offset
 */
export function readEdition2011(reader: ByteReader): MinutiaeTemplate {
  const stated = reader.u32();
  if (stated > reader.bytes.length) {
    throw new InterchangeFault('fmr.length', { offset: 8, stated, bytes: reader.bytes.length });
  }
  const count = reader.u16();
  if (count > MAX_FINGER_VIEWS) throw new InterchangeFault('fmr.too-many', { views: count });
  const isCertified = requireAtMost(reader.u8(), 1, 'certification flag', reader.offset - 1) === 1;
  const representations = Array.from({ length: count }, () => readRepresentation(reader, isCertified));
  if (reader.remaining > 0) throw new InterchangeFault('fmr.length', { offset: reader.offset, left: reader.remaining });
  return {
    format: 'iso-19794-2:2011',
    deviceNumber: representations[0]?.deviceNumber ?? 0,
    complianceCode: 0,
    product: null,
    isLengthExact: stated === reader.bytes.length,
    views: representations.map(({ view }) => view),
  };
}

function readRepresentation(reader: ByteReader, isCertified: boolean): Representation {
  const offset = reader.offset;
  const stated = reader.u32();
  reader.skip(CAPTURE_TIME_BYTES + TECHNOLOGY_BYTES + VENDOR_BYTES);
  const deviceNumber = reader.u16();
  const quality = readQuality(reader);
  if (isCertified) reader.skip(reader.u8() * CERTIFICATION_BLOCK_BYTES);
  const fingerPosition = requireAtMost(reader.u8(), MOST_FINGER_POSITION, 'finger position', reader.offset - 1);
  const viewNumber = reader.u8();
  const xPixelsPerCm = reader.u16();
  const yPixelsPerCm = reader.u16();
  const impressionCode = reader.u8();
  const widthPx = reader.u16();
  const heightPx = reader.u16();
  const minutiaBytes = reader.u8() >> 4;
  if (minutiaBytes !== 5 && minutiaBytes !== 6) {
    throw new InterchangeFault('fmr.value', {
      offset: reader.offset - 1,
      field: 'minutia length',
      value: minutiaBytes,
    });
  }
  const minutiae = readMinutiae(reader, reader.u8(), ISO_ANGLE_UNIT_DEG, minutiaBytes === 6);
  const extended = readExtendedArea(reader, true);
  if (reader.offset - offset !== stated) {
    throw new InterchangeFault('fmr.length', { offset, stated, read: reader.offset - offset });
  }
  const frame = { widthPx, heightPx, xPixelsPerCm, yPixelsPerCm };
  return {
    deviceNumber,
    view: { ...frame, fingerPosition, viewNumber, impressionCode, quality, minutiae, ...extended },
  };
}

/** The first quality block whose score is one; null where there is none. */
function readQuality(reader: ByteReader): number | null {
  const blocks = reader.take(reader.u8() * QUALITY_BLOCK_BYTES);
  for (let at = 0; at < blocks.length; at += QUALITY_BLOCK_BYTES) {
    const score = blocks[at] ?? MOST_QUALITY + 1;
    if (score <= MOST_QUALITY) return score;
  }
  return null;
}
