import { InterchangeFault } from '../interchange-fault.ts';
import type { FingerView, MinutiaeTemplate, TemplateMinutia } from './minutiae-template.ts';

/** What is written of a template; the format of the one it came from does not matter. */
export type WritableTemplate = Pick<MinutiaeTemplate, 'deviceNumber' | 'complianceCode' | 'views'>;

const HEADER_BYTES = 24;
const VIEW_HEADER_BYTES = 4;
const MINUTIA_BYTES = 6;
/** Type, length, and in front of all parts the length of the area. */
const EXTENSION_HEADER_BYTES = 4;
const AREA_LENGTH_BYTES = 2;
/** Extended data of this type holds ridge counts, three bytes each after one for the method (0: not said). */
const RIDGE_COUNT_TYPE = 1;
const TYPE_BITS = { other: 0, ending: 1, bifurcation: 2 } as const;
const MOST_COORDINATE = 0x3fff;
const MOST_MINUTIAE = 255;

/**
 * Writes ISO/IEC 19794-2:2005 with six-byte minutiae. Angles are taken from `angleRad` and rounded to 360/256 degrees.
 * All views share one frame, as that edition demands.
 * @throws InterchangeFault fmr.value or fmr.too-many when the format cannot say it
 */
export function writeMinutiaeTemplate(template: WritableTemplate): Uint8Array {
  const { views } = template;
  const [first] = views;
  if (!first) throw new InterchangeFault('fmr.value', { views: 0 });
  if (views.length > MOST_MINUTIAE) throw new InterchangeFault('fmr.too-many', { views: views.length });
  const bytes = new Uint8Array(HEADER_BYTES + views.reduce((sum, view) => sum + viewBytes(view), 0));
  const out = new DataView(bytes.buffer);
  bytes.set([0x46, 0x4d, 0x52, 0, 0x20, 0x32, 0x30, 0]);
  out.setUint32(8, bytes.length);
  out.setUint16(
    12,
    within(template.complianceCode, 0x0f, 'compliance') * 0x1000 + within(template.deviceNumber, 0xfff, 'device'),
  );
  out.setUint16(14, within(first.widthPx, 0xffff, 'width'));
  out.setUint16(16, within(first.heightPx, 0xffff, 'height'));
  out.setUint16(18, within(first.xPixelsPerCm, 0xffff, 'resolution'));
  out.setUint16(20, within(first.yPixelsPerCm, 0xffff, 'resolution'));
  bytes[22] = views.length;
  let at = HEADER_BYTES;
  views.forEach((view, index) => {
    requireSameFrame(view, first, index);
    at = writeView(out, at, view);
  });
  return bytes;
}

/** The minutia's bytes on the way: quality that is not known is written as 0, not reported. */
function writeMinutia(out: DataView, at: number, minutia: TemplateMinutia): void {
  const angleUnits = Math.round((minutia.angleRad / (2 * Math.PI)) * 256);
  out.setUint16(at, TYPE_BITS[minutia.type] * 0x4000 + within(minutia.xPx, MOST_COORDINATE, 'x'));
  out.setUint16(at + 2, within(minutia.yPx, MOST_COORDINATE, 'y'));
  out.setUint8(at + 4, ((angleUnits % 256) + 256) % 256);
  out.setUint8(at + 5, within(minutia.quality ?? 0, 100, 'minutia quality'));
}

function writeView(out: DataView, start: number, view: FingerView): number {
  if (view.minutiae.length > MOST_MINUTIAE)
    throw new InterchangeFault('fmr.too-many', { minutiae: view.minutiae.length });
  out.setUint8(start, within(view.fingerPosition, 10, 'finger position'));
  out.setUint8(start + 1, within(view.viewNumber, 15, 'view') * 16 + within(view.impressionCode, 15, 'impression'));
  out.setUint8(start + 2, within(view.quality ?? 0, 100, 'quality'));
  out.setUint8(start + 3, view.minutiae.length);
  let at = start + VIEW_HEADER_BYTES;
  for (const minutia of view.minutiae) {
    writeMinutia(out, at, minutia);
    at += MINUTIA_BYTES;
  }
  return writeArea(out, at, view);
}

function writeArea(out: DataView, start: number, view: FingerView): number {
  out.setUint16(start, within(areaBytes(view), 0xffff, 'extended data'));
  let at = start + AREA_LENGTH_BYTES;
  const part = (type: number, content: ArrayLike<number>): void => {
    out.setUint16(at, type);
    out.setUint16(at + 2, content.length);
    new Uint8Array(out.buffer).set(content, at + EXTENSION_HEADER_BYTES);
    at += EXTENSION_HEADER_BYTES + content.length;
  };
  if (view.ridgeCounts.length > 0) {
    part(RIDGE_COUNT_TYPE, [0, ...view.ridgeCounts.flatMap(({ from, to, ridges }) => [from, to, ridges])]);
  }
  for (const { type, bytes } of view.extensions) part(type, bytes);
  return at;
}

function areaBytes({ ridgeCounts, extensions }: FingerView): number {
  const counts = ridgeCounts.length > 0 ? EXTENSION_HEADER_BYTES + 1 + 3 * ridgeCounts.length : 0;
  return extensions.reduce((sum, extension) => sum + EXTENSION_HEADER_BYTES + extension.bytes.length, counts);
}

function viewBytes(view: FingerView): number {
  return VIEW_HEADER_BYTES + MINUTIA_BYTES * view.minutiae.length + AREA_LENGTH_BYTES + areaBytes(view);
}

function requireSameFrame(view: FingerView, first: FingerView, index: number): void {
  const isSame =
    view.widthPx === first.widthPx &&
    view.heightPx === first.heightPx &&
    view.xPixelsPerCm === first.xPixelsPerCm &&
    view.yPixelsPerCm === first.yPixelsPerCm;
  if (!isSame) throw new InterchangeFault('fmr.value', { field: 'frame', view: index });
}

function within(value: number, most: number, field: string): number {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new InterchangeFault('fmr.value', { field, value, most });
  return value;
}
