import type { ScannerDevice, ScannerRow } from '../../../../electron/contract/scanners.ts';

/** The two numbers of a device as the trade writes them, `1209:0001`; null for one whose driver does not tell them. */
export function numbersInWords({ vendorId, productId }: Pick<ScannerDevice, 'vendorId' | 'productId'>): string | null {
  if (vendorId === 0 && productId === 0) return null;
  return [vendorId, productId].map((number) => number.toString(16).padStart(4, '0')).join(':');
}

/** What a scanner is called: by the administrator, by its maker, or not at all. */
export function nameOf({ givenName, productName }: Pick<ScannerRow, 'givenName' | 'productName'>): string | null {
  return givenName ?? (productName === '' ? null : productName);
}

/** A share as a percentage with one digit behind the point, `4.2`. */
export function percentOf(part: number, of = 1): string {
  return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(of === 0 ? 0 : (100 * part) / of);
}

/** A number that may be very small, with two digits that mean something. */
export function shortNumber(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2, maximumFractionDigits: 9 }).format(value);
}
