import { ScannerFault } from './scanner-fault.ts';

/** A fault that the simulated scanner shows on demand. Shares are 0 to 1; reports are counted from the first that it sends. */
export type SimulatedFault =
  | { readonly kind: 'drop'; readonly share: number }
  | { readonly kind: 'corrupt'; readonly share: number }
  | { readonly kind: 'unplug-at'; readonly report: number }
  | { readonly kind: 'stall'; readonly report: number }
  | { readonly kind: 'dirty' }
  | { readonly kind: 'latent' };

/** Share of corrupted reports when the fault names none. */
const DEFAULT_CORRUPT_SHARE = 0.01;
/** Report at which a stall begins when the fault names none: in the middle of a first image at 1,024 bytes a report. */
const DEFAULT_STALL_REPORT = 120;

/**
 * Reads a fault as written on the command line: `drop=6%`, `corrupt`, `corrupt=2%`, `unplug-at=report:300`, `stall`,
 * `stall=report:50`, `dirty`, `latent`.
 * @throws ScannerFault `scanner.fault-invalid`
 */
export function parseSimulatedFault(text: string): SimulatedFault {
  const [name = '', value] = text.split('=', 2);
  const invalid = new ScannerFault('scanner.fault-invalid', { length: text.length });
  switch (name) {
    case 'drop':
    case 'corrupt': {
      if (value === undefined && name === 'corrupt') return { kind: name, share: DEFAULT_CORRUPT_SHARE };
      const percent = /^(\d{1,2}(?:\.\d{1,3})?)%$/.exec(value ?? '');
      if (percent === null) throw invalid;
      return { kind: name, share: Number(percent[1]) / 100 };
    }
    case 'unplug-at':
    case 'stall': {
      if (value === undefined && name === 'stall') return { kind: name, report: DEFAULT_STALL_REPORT };
      const report = /^report:(\d{1,9})$/.exec(value ?? '');
      if (report === null) throw invalid;
      return { kind: name, report: Number(report[1]) };
    }
    case 'dirty':
    case 'latent':
      if (value !== undefined) throw invalid;
      return { kind: name };
    default:
      throw invalid;
  }
}
