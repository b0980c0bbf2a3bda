import { fieldText } from './field-text.ts';
import type { BinaryImageRecord, TransactionRecord } from './transaction.ts';

/** Resolutions, pixels per inch, that a nearly equal number stands for (19.69 px/mm is 500.1). Source: ANSI/NIST-ITL 1-2011. */
const CLASSES_PPI = [250, 500, 1_000];
/** How near, as a fraction. Source: ANSI/NIST-ITL 1-2011, 1 % tolerance of class 500. */
const CLASS_TOLERANCE = 0.01;
const MM_PER_INCH = 25.4;

/** The class that a resolution nearly equals, or itself rounded to a hundredth. */
export function snapResolution(resolutionPpi: number): number {
  const near = CLASSES_PPI.find((nominal) => Math.abs(resolutionPpi - nominal) <= CLASS_TOLERANCE * nominal);
  return near ?? Math.round(resolutionPpi * 100) / 100;
}

/**
 * Resolution of a record of Type 3 to 6: the native one (1.011) or the nominal one (1.012) as its ISR says, both in
 * pixels per millimetre; where that is 0 or missing, 500 ppi, or 250 for the low-resolution types.
 */
export function resolutionFromItems(record: BinaryImageRecord, first: TransactionRecord | null): number {
  const field = record.resolutionCode === 1 ? 11 : 12;
  const perMm = first?.kind === 'tagged' ? Number(fieldText(first, field) ?? '') : 0;
  if (Number.isFinite(perMm) && perMm > 0) return snapResolution(perMm * MM_PER_INCH);
  return record.type === 3 || record.type === 5 ? 250 : 500;
}
