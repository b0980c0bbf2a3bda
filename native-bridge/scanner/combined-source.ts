import { ScannerFault } from './scanner-fault.ts';
import type { ScannerListing, ScannerSource } from './scanner.ts';

/**
 * Several sources as one: their devices in the order of the sources. A source whose driver is missing lists nothing, so
 * that the others can still be used; what is missing shows when one of its devices is opened.
 */
export function combinedSource(sources: readonly ScannerSource[]): ScannerSource {
  async function listOf(source: ScannerSource, signal: AbortSignal): Promise<readonly ScannerListing[]> {
    try {
      return await source.list(signal);
    } catch (error) {
      if (error instanceof ScannerFault && error.code === 'scanner.driver-missing') return [];
      throw error;
    }
  }

  return {
    list: async (signal) => (await Promise.all(sources.map((source) => listOf(source, signal)))).flat(),
    async open(path, signal) {
      for (const source of sources) {
        const listings = await listOf(source, signal);
        if (listings.some((listing) => listing.path === path)) return source.open(path, signal);
      }
      throw new ScannerFault('scanner.not-found');
    },
  };
}
