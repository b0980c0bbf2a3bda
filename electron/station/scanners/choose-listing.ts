import type { ScannerListing } from '../../../native-bridge/scanner/scanner.ts';
import type { RefusalCode } from '../../contract/errors.ts';
import type { ChosenScanner } from './chosen-scanner.ts';

/** The scanner that is to be used, or why there is none. */
export type ListingChoice =
  | { readonly kind: 'found'; readonly listing: ScannerListing }
  | { readonly kind: 'none'; readonly code: RefusalCode };

/** The path by which a machine policy names the simulated scanner of a training station, whatever its own path is. */
const ANY_SIMULATED = 'simulated';

/**
 * Picks the scanner to use from those that are plugged in. A chosen one is known by its serial number wherever it was
 * plugged in; only one without a serial number is known by its path. Without a choice the simulated scanner of a
 * training station comes first, then the only real one; of two real ones neither is taken by chance.
 */
export function chooseListing(rows: readonly ScannerListing[], chosen: ChosenScanner | null): ListingChoice {
  const scanners = rows.filter(({ profileId }) => profileId !== null);
  if (chosen !== null) return findChosen(scanners, rows, chosen);
  const simulated = scanners.find(({ isSimulated, refusal }) => isSimulated && refusal === null);
  if (simulated !== undefined) return { kind: 'found', listing: simulated };
  const usable = scanners.filter(({ refusal, isEnrolled }) => refusal === null && isEnrolled !== false);
  const [only, second] = usable.length > 0 ? usable : scanners;
  if (only === undefined) return { kind: 'none', code: 'scanner.not-found' };
  if (second !== undefined) return { kind: 'none', code: 'scanner.several' };
  return { kind: 'found', listing: only };
}

function findChosen(
  scanners: readonly ScannerListing[],
  rows: readonly ScannerListing[],
  { path, device }: ChosenScanner,
): ListingChoice {
  const atPath = rows.find((row) => row.path === path || (path === ANY_SIMULATED && row.isSimulated));
  if (device === null || device.serialNumber === '') {
    if (atPath !== undefined) return { kind: 'found', listing: atPath };
  } else {
    const same = scanners.filter(
      ({ vendorId, productId, serialNumber }) =>
        vendorId === device.vendorId && productId === device.productId && serialNumber === device.serialNumber,
    );
    // Two devices that give one serial number: the one at the place where it was chosen.
    const listing = same.find((row) => row.path === path) ?? same[0];
    if (listing !== undefined) return { kind: 'found', listing };
  }
  const isAnotherThere = scanners.some(({ isSimulated }) => !isSimulated);
  return { kind: 'none', code: isAnotherThere ? 'scanner.wrong-one' : 'scanner.not-found' };
}
