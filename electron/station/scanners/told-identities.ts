import type { ScannerIdentity, ScannerListing } from '../../../native-bridge/scanner/scanner.ts';

/** What devices said of themselves when they were opened, for as long as the station runs. */
export interface ToldIdentities {
  note(listing: ScannerListing | undefined, identity: ScannerIdentity): void;
  /** The listing with the serial number that the device itself gave, where the system's list has none. */
  applyTo(listing: ScannerListing): ScannerListing;
  /** Null until the device was opened. */
  firmwareOf(listing: ScannerListing): string | null;
}

/** Most devices that are remembered; the oldest is forgotten. */
const MAXIMUM_REMEMBERED = 64;

/** Makes an empty memory. It is for what is shown and chosen; who may capture is decided with the device open. */
export function createToldIdentities(): ToldIdentities {
  const told = new Map<string, ScannerIdentity>();
  return {
    note(listing, identity) {
      if (listing === undefined) return;
      told.delete(keyOf(listing));
      told.set(keyOf(listing), identity);
      const [oldest] = told.keys();
      if (told.size > MAXIMUM_REMEMBERED && oldest !== undefined) told.delete(oldest);
    },
    applyTo(listing) {
      if (listing.serialNumber !== '') return listing;
      return { ...listing, serialNumber: told.get(keyOf(listing))?.serialNumber ?? '' };
    },
    firmwareOf: (listing) => told.get(keyOf(listing))?.firmwareVersion || null,
  };
}

function keyOf({ path, productId, vendorId }: ScannerListing): string {
  return [path, vendorId, productId].join('\n');
}
