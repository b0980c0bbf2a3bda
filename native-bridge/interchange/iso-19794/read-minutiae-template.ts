import { ByteReader } from '../byte-reader.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FINGER_VIEWS, MAX_TEMPLATE_BYTES } from '../parameters.ts';
import {
  INCITS_ANGLE_UNIT_DEG,
  ISO_ANGLE_UNIT_DEG,
  readExtendedArea,
  readMinutiae,
  requireAtMost,
  viewQuality,
} from './minutiae-bytes.ts';
import type { FingerView, MinutiaeTemplate } from './minutiae-template.ts';
import { readEdition2011 } from './read-edition-2011.ts';

/** `FMR` and a zero. Source: ISO/IEC 19794-2:2005, 7.3.1. */
const MAGIC = 0x464d_5200;
/** Versions, four characters with a zero last. */
const VERSION_2005 = 0x2032_3000;
const VERSION_2011 = 0x3033_3000;
const VERSION_INCITS_2004 = [0x2032_3000, 0x3032_3000];
/** Shortest record of each format: a header and no view. */
const LEAST_BYTES = 24;
/** Left four bits of the device field. */
const COMPLIANCE_SHIFT = 12;
const MOST_FINGER_POSITION = 10;

/** Whether these are the first bytes of a record of minutiae. */
export function isMinutiaeTemplate(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && new ByteReader(bytes, 'fmr.truncated').u32() === MAGIC;
}

/**
 * Reads ISO/IEC 19794-2:2005, ISO/IEC 19794-2:2011 or INCITS 378-2004, told apart by version and by where the length is.
 * @throws InterchangeFault fmr.* with the offset of what is wrong
 */
export function readMinutiaeTemplate(bytes: Uint8Array): MinutiaeTemplate {
  if (bytes.length > MAX_TEMPLATE_BYTES) throw new InterchangeFault('interchange.too-large', { bytes: bytes.length });
  const reader = new ByteReader(bytes, 'fmr.truncated');
  if (reader.u32() !== MAGIC) throw new InterchangeFault('fmr.magic', { offset: 0 });
  const version = reader.u32();
  if (version === VERSION_2011) return readEdition2011(reader);
  if (version === VERSION_2005 && isIsoLength(bytes)) return readOldHeader(reader, 'iso-19794-2:2005');
  if (VERSION_INCITS_2004.includes(version)) return readOldHeader(reader, 'incits-378-2004');
  throw new InterchangeFault('fmr.version', { offset: 4, version });
}

/**
 * Both older formats may say version ` 20`. ISO has a length of four bytes; INCITS one of two, with four more where that
 * is 0. Read as ISO's, the long form of INCITS is below any record's size, and the short form is not the file's size.
 */
function isIsoLength(bytes: Uint8Array): boolean {
  const asIso = new ByteReader(bytes, 'fmr.truncated', 8).u32();
  return asIso < 0x1_0000 ? asIso >= LEAST_BYTES : asIso === bytes.length;
}

/**
 * The rest of a record of the older formats. What the views take up must be the whole file; the stated length may be
 * less, as in a published INCITS sample that forgets its own two bytes more than ISO, and is then said not to be exact.
 */
function readOldHeader(reader: ByteReader, format: 'iso-19794-2:2005' | 'incits-378-2004'): MinutiaeTemplate {
  const isIncits = format === 'incits-378-2004';
  const short = isIncits ? reader.u16() : 0;
  const stated = short === 0 ? reader.u32() : short;
  if (stated > reader.bytes.length || stated < LEAST_BYTES) {
    throw new InterchangeFault('fmr.length', { offset: 8, stated, bytes: reader.bytes.length });
  }
  const product = isIncits ? { owner: reader.u16(), type: reader.u16() } : null;
  const device = reader.u16();
  const frame = {
    widthPx: reader.u16(),
    heightPx: reader.u16(),
    xPixelsPerCm: reader.u16(),
    yPixelsPerCm: reader.u16(),
  };
  const count = reader.u8();
  if (count > MAX_FINGER_VIEWS) throw new InterchangeFault('fmr.too-many', { views: count });
  reader.skip(1);
  const views = Array.from({ length: count }, () => readView(reader, frame, isIncits));
  if (reader.remaining > 0) throw new InterchangeFault('fmr.length', { offset: reader.offset, left: reader.remaining });
  return {
    format,
    deviceNumber: device & ((1 << COMPLIANCE_SHIFT) - 1),
    complianceCode: device >> COMPLIANCE_SHIFT,
    product,
    isLengthExact: stated === reader.bytes.length,
    views,
  };
}

type Frame = Pick<FingerView, 'widthPx' | 'heightPx' | 'xPixelsPerCm' | 'yPixelsPerCm'>;

function readView(reader: ByteReader, frame: Frame, isIncits: boolean): FingerView {
  const offset = reader.offset;
  const fingerPosition = requireAtMost(reader.u8(), MOST_FINGER_POSITION, 'finger position', offset);
  const numbers = reader.u8();
  const quality = reader.u8();
  const count = reader.u8();
  const unit = isIncits ? INCITS_ANGLE_UNIT_DEG : ISO_ANGLE_UNIT_DEG;
  return {
    ...frame,
    fingerPosition,
    viewNumber: numbers >> 4,
    impressionCode: numbers & 0x0f,
    quality: viewQuality(quality),
    minutiae: readMinutiae(reader, count, unit, true),
    ...readExtendedArea(reader, isIncits),
  };
}
