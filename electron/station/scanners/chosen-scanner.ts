import { z } from 'zod';
import { ConfigFault } from '../../config/load-config.ts';
import type { ScannerListing } from '../../../native-bridge/scanner/scanner.ts';

/** The scanner that an administrator, or the force's policy, chose for this station. */
export interface ChosenScanner {
  /** Where it was plugged in when it was chosen. */
  readonly path: string;
  /** By what it is known again on another path; null when only the path was named (machine policy, older stations). */
  readonly device: {
    readonly vendorId: number;
    readonly productId: number;
    readonly serialNumber: string;
  } | null;
}

/** The choice as the settings keep it. */
const kept = z.strictObject({
  path: z.string().min(1).max(300),
  device: z.strictObject({
    vendorId: z.number().int().min(0).max(0xffff),
    productId: z.number().int().min(0).max(0xffff),
    serialNumber: z.string().max(300),
  }),
});

/** The text that the settings keep of a choice. */
export function writeChosenScanner({ path, vendorId, productId, serialNumber }: ScannerListing): string {
  return JSON.stringify(kept.parse({ path, device: { vendorId, productId, serialNumber } }));
}

/**
 * Reads what the settings kept. A station of before kept the path alone, and so does the machine policy.
 * @throws ConfigFault `config.settings-invalid`
 */
export function readChosenScanner(text: string | null): ChosenScanner | null {
  if (text === null || text === '') return null;
  if (!text.startsWith('{')) return { path: text, device: null };
  try {
    return kept.parse(JSON.parse(text));
  } catch (cause) {
    throw new ConfigFault('config.settings-invalid', { path: 'scanner', reason: 'unreadable' }, { cause });
  }
}
