import { InterchangeFault } from '../interchange-fault.ts';
import { idcField } from './build-records.ts';
import { fieldItems, fieldNumber, findField, itemsField, parseWhole, subfieldsField } from './field-text.ts';
import type { TaggedField, TaggedRecord } from './transaction.ts';

/** One minutia of a Type-9 record, in the record's own frame: hundredths of a millimetre, degrees. */
export interface RecordMinutia {
  readonly index: number;
  readonly xHundredthsMm: number;
  readonly yHundredthsMm: number;
  readonly angleDeg: number;
  /** As the record has it; null where it is empty. */
  readonly qualityCode: number | null;
  /** A ridge ending, B bifurcation, C compound, D undetermined. */
  readonly typeCode: string;
  readonly neighbours: readonly { readonly index: number; readonly ridges: number }[];
}

/** The minutiae of a Type-9 record, and which set of fields they come from. */
export interface RecordMinutiae {
  readonly format: 'standard' | 'fbi' | 'm1';
  readonly impressionCode: number;
  readonly fingerPositions: readonly number[];
  readonly minutiae: readonly RecordMinutia[];
}

/** Fields of the standard set (5 to 12), the FBI's (13 to 30) and INCITS M1's (126 to 150). Source: ANSI/NIST-ITL 1-2011, 8.9. */
const STANDARD = { format: 'standard', positions: 6, minutiae: 12 } as const;
const FBI = { format: 'fbi', positions: 14, minutiae: 23 } as const;
const M1 = { format: 'm1', positions: 134, minutiae: 137, unit: 130, samples: 131 } as const;
/** Type letters of the M1 codes 0 (other), 1 (ending) and 2 (bifurcation), and degrees of its unit of angle. */
const M1_TYPES = ['D', 'A', 'B'];
const M1_ANGLE_UNIT_DEG = 2;

/** Digits of x (4), y (4) and the angle (3). Source: ANSI/NIST-ITL 1-2011, 9.012. */
const PLACE = /^(\d{4})(\d{4})(\d{3})/;
const STANDARD_NEIGHBOUR = /^(\d{1,3}),(\d{1,2})$/;
const FBI_NEIGHBOUR = /^(\d{3})(\d{2})$/;
/** Neighbour that is not there, in the FBI's set. */
const NO_NEIGHBOUR = 255;

/**
 * The minutiae of a Type-9 record: of the first set of fields that it has, standard, FBI or M1. Pixels of M1 become
 * hundredths of a millimetre by the record's own resolution.
 * @throws InterchangeFault an2.field-missing where there is none, an2.value with the field and the minutia
 */
export function readMinutiaeRecord(record: TaggedRecord): RecordMinutiae {
  const set = [STANDARD, FBI, M1].find((each) => findField(record, each.minutiae));
  const field = set && findField(record, set.minutiae);
  if (!field) throw new InterchangeFault('an2.field-missing', { type: record.type, field: STANDARD.minutiae });
  const positions = findField(record, set.positions);
  const scale = set.format === 'm1' ? hundredthsMmPerPixel(record) : 1;
  return {
    format: set.format,
    impressionCode: fieldNumber(record, 3),
    fingerPositions: (positions ? fieldItems(positions) : []).map(([code]) => parseWhole(code ?? '') ?? 0),
    minutiae: fieldItems(field).map((items, order) =>
      set.format === 'm1' ? readM1Minutia(items, scale, order + 1) : readMinutia(items, field.number, order + 1),
    ),
  };
}

/** Unit (1 samples an inch, 2 a centimetre) and number of samples. */
function hundredthsMmPerPixel(record: TaggedRecord): number {
  const samples = fieldNumber(record, M1.samples);
  if (samples === 0) throw new InterchangeFault('an2.value', { type: 9, field: M1.samples, value: 0 });
  return (fieldNumber(record, M1.unit) === 2 ? 1_000 : 2_540) / samples;
}

/** Index, x, y, angle, type and quality, each an item of its own. */
function readM1Minutia(items: readonly string[], scale: number, minutia: number): RecordMinutia {
  const [index, x, y, angle, typeCode, quality] = items.map((item) => parseWhole(item));
  if (index === undefined || [index, x, y, angle].some((value) => value === null || value === undefined)) {
    throw new InterchangeFault('an2.value', { type: 9, field: M1.minutiae, minutia });
  }
  return {
    index: index ?? 0,
    xHundredthsMm: (x ?? 0) * scale,
    yHundredthsMm: (y ?? 0) * scale,
    angleDeg: ((angle ?? 0) * M1_ANGLE_UNIT_DEG) % 360,
    qualityCode: quality ?? null,
    typeCode: M1_TYPES[typeCode ?? 0] ?? 'D',
    neighbours: [],
  };
}

function readMinutia(items: readonly string[], field: number, minutia: number): RecordMinutia {
  const [index, place, quality, typeCode, ...others] = items;
  const at = PLACE.exec(place ?? '');
  const number = parseWhole(index ?? '');
  if (!at || number === null) throw new InterchangeFault('an2.value', { type: 9, field, minutia });
  return {
    index: number,
    xHundredthsMm: Number(at[1]),
    yHundredthsMm: Number(at[2]),
    angleDeg: Number(at[3]),
    qualityCode: parseWhole(quality ?? ''),
    typeCode: /^[A-D]$/.test(typeCode ?? '') ? (typeCode ?? 'D') : 'D',
    neighbours: readNeighbours(others, field === STANDARD.minutiae ? STANDARD_NEIGHBOUR : FBI_NEIGHBOUR),
  };
}

function readNeighbours(items: readonly string[], form: RegExp): { index: number; ridges: number }[] {
  return items.flatMap((item) => {
    const match = form.exec(item);
    const neighbour = { index: Number(match?.[1]), ridges: Number(match?.[2]) };
    return match && neighbour.index !== NO_NEIGHBOUR ? [neighbour] : [];
  });
}

/** What a standard Type-9 record says besides its minutiae. */
export interface MinutiaeHeader {
  readonly idc: number;
  readonly impressionCode: number;
  readonly fingerPosition: number;
  /** Name of the system that found the minutiae (OFR), and how: A automatically, U by it and a person. */
  readonly system: string;
  readonly method: 'A' | 'U' | 'E' | 'M';
}

/** A Type-9 record of the standard fields. Source: ANSI/NIST-ITL 1-2011, 8.9. @throws InterchangeFault an2.value */
export function buildMinutiaeRecord(header: MinutiaeHeader, minutiae: readonly RecordMinutia[]): TaggedRecord {
  const hasNeighbours = minutiae.some((minutia) => minutia.neighbours.length > 0);
  const fields: TaggedField[] = [
    idcField(9, header.idc),
    itemsField(3, header.impressionCode),
    itemsField(4, 'S'),
    itemsField(5, header.system, header.method),
    itemsField(6, String(header.fingerPosition).padStart(2, '0')),
    itemsField(7, 'T', 'UN'),
    itemsField(10, minutiae.length),
    itemsField(11, hasNeighbours ? 1 : 0),
  ];
  if (minutiae.length > 0) fields.push(subfieldsField(STANDARD.minutiae, minutiae.map(minutiaItems)));
  return { kind: 'tagged', type: 9, fields, source: null };
}

function minutiaItems(minutia: RecordMinutia): string[] {
  const { index, xHundredthsMm: x, yHundredthsMm: y, angleDeg, qualityCode, neighbours } = minutia;
  const isTaken = [x, y].every((value) => Number.isInteger(value) && value >= 0 && value <= 9_999);
  if (!isTaken || !Number.isInteger(angleDeg) || angleDeg < 0 || angleDeg > 359) {
    throw new InterchangeFault('an2.value', { type: 9, field: STANDARD.minutiae, minutia: index });
  }
  const place = `${digits(x, 4)}${digits(y, 4)}${digits(angleDeg, 3)}`;
  const links = neighbours.map((neighbour) => `${neighbour.index},${neighbour.ridges}`);
  return [String(index), place, qualityCode === null ? '' : String(qualityCode), minutia.typeCode, ...links];
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
