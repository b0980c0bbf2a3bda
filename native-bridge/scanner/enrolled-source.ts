import { ScannerFault } from './scanner-fault.ts';
import type { Scanner, ScannerSource } from './scanner.ts';

/** A scanner that the force bought and the administrator enrolled. */
export interface EnrolledScanner {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
}

/** What of a scanner can free it from enrolment. */
export interface ExemptibleScanner extends EnrolledScanner {
  readonly isSimulated: boolean;
}

/**
 * Lets only enrolled scanners capture. The serial number is that which the *opened* device gives over the protocol: the
 * one in the system's list can be set by anybody who can plug something in, and is used for the list alone.
 * @param enrolled read at each call, so that an enrolment takes effect at once
 * @param isExempt which devices need no enrolment; none where it is absent
 */
export function onlyEnrolled(
  source: ScannerSource,
  enrolled: () => readonly EnrolledScanner[],
  isExempt: (device: ExemptibleScanner) => boolean = () => false,
): ScannerSource {
  const isEnrolled = (device: ExemptibleScanner): boolean =>
    isExempt(device) ||
    enrolled().some(
      ({ vendorId, productId, serialNumber }) =>
        vendorId === device.vendorId && productId === device.productId && serialNumber === device.serialNumber,
    );
  return {
    list: async (signal) => (await source.list(signal)).map((row) => ({ ...row, isEnrolled: isEnrolled(row) })),
    async open(path, signal): Promise<Scanner> {
      const scanner = await source.open(path, signal);
      const { vendorId, productId } = scanner.identity;
      if (isEnrolled(scanner.identity)) return scanner;
      await scanner[Symbol.asyncDispose]();
      throw new ScannerFault('scanner.not-enrolled', { vendorId, productId });
    },
  };
}
