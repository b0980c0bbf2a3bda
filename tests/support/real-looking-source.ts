import { isMaintainable } from '../../native-bridge/scanner/maintainable-scanner.ts';
import type { Scanner, ScannerIdentity, ScannerListing, ScannerSource } from '../../native-bridge/scanner/scanner.ts';

/** What the system's list says of a device, and what the device says of itself once it is open. */
export interface Looks {
  readonly listed?: Partial<ScannerListing>;
  readonly own?: Partial<ScannerIdentity>;
}

/** The simulated scanner as if it were a real one, so that the rules for real ones can be tried. `looks` is asked each time. */
export function realLookingSource(source: ScannerSource, looks: () => Looks = () => ({})): ScannerSource {
  return {
    list: async (signal) =>
      (await source.list(signal)).map((row) => ({ ...row, isSimulated: false, ...looks().listed })),
    async open(path, signal) {
      const scanner = await source.open(path, signal);
      return renamed(scanner, { ...scanner.identity, isSimulated: false, ...looks().own });
    },
  };
}

function renamed(scanner: Scanner, identity: ScannerIdentity): Scanner {
  const plain: Scanner = {
    identity,
    capture: (request) => scanner.capture(request),
    statistics: () => scanner.statistics(),
    [Symbol.asyncDispose]: () => scanner[Symbol.asyncDispose](),
  };
  if (!isMaintainable(scanner)) return plain;
  const whole = {
    ...plain,
    captureGlass: scanner.captureGlass.bind(scanner),
    indicate: scanner.indicate.bind(scanner),
    deviceStatistics: scanner.deviceStatistics.bind(scanner),
  };
  // A reader that tells no number of its own can only take fingers, as those behind libfprint.
  return identity.serialNumber === '' ? plain : whole;
}
