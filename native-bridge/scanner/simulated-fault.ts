import { ScannerFault } from './scanner-fault.ts';

/** A fault that the simulated scanner shows on demand. Shares are 0 to 1; reports are counted from the first that it sends. */
export type SimulatedFault =
  | { readonly kind: 'drop'; readonly share: number }
  | { readonly kind: 'corrupt'; readonly share: number }
  /** It is plugged in again `backAfterMs` later: after a few seconds where that is absent, never where it is null. */
  | { readonly kind: 'unplug-at'; readonly report: number; readonly backAfterMs?: number | null }
  /** Silent until it is opened again, which for this device is as good as the plug pulled and put back. */
  | { readonly kind: 'stall'; readonly report: number }
  | { readonly kind: 'dirty' }
  | { readonly kind: 'latent' };

/** Share of corrupted reports when the fault names none. */
const DEFAULT_CORRUPT_SHARE = 0.01;
/** Report at which a stall begins when the fault names none: in the middle of a first image at 1,024 bytes a report. */
const DEFAULT_STALL_REPORT = 120;

/** Milliseconds in a second. */
const MS_PER_SECOND = 1_000;

/** Every fault as it is written, and what it does: for the help of the command line. */
export const FAULT_FORMS = [
  { form: 'drop=6%', effect: 'loses that share of the reports' },
  { form: 'corrupt=2%', effect: 'flips a bit in that share of the reports; 1% where none is named' },
  { form: 'unplug-at=report:300', effect: 'pulls the plug at that report and puts it back after 3 seconds' },
  { form: 'unplug-at=report:300,back:20s', effect: 'puts it back after 20 seconds; back:never leaves it out' },
  { form: 'stall=report:120', effect: 'falls silent from that report until it is opened again' },
  { form: 'dirty', effect: 'smears dirt over the glass' },
  { form: 'latent', effect: 'leaves the print of an earlier finger on the glass' },
] as const;

/**
 * Reads a fault as written on the command line, in one of the forms of `FAULT_FORMS`.
 * @throws ScannerFault `scanner.fault-invalid`; its figure `wrong` names the part: `name`, `share`, `report`, `back`, `value`
 */
export function parseSimulatedFault(text: string): SimulatedFault {
  const [name = '', value] = text.split('=', 2);
  switch (name) {
    case 'drop':
    case 'corrupt':
      if (value === undefined && name === 'corrupt') return { kind: name, share: DEFAULT_CORRUPT_SHARE };
      return { kind: name, share: shareOf(value ?? '') };
    case 'unplug-at':
      return unplugOf(value ?? '');
    case 'stall':
      return { kind: name, report: value === undefined ? DEFAULT_STALL_REPORT : reportOf(value) };
    case 'dirty':
    case 'latent':
      if (value !== undefined) throw invalid('value');
      return { kind: name };
    default:
      throw invalid('name');
  }
}

function shareOf(text: string): number {
  const percent = /^(\d{1,2}(?:\.\d{1,3})?)%$/.exec(text);
  if (percent === null) throw invalid('share');
  return Number(percent[1]) / 100;
}

function reportOf(text: string): number {
  const report = /^report:(\d{1,9})$/.exec(text);
  if (report === null) throw invalid('report');
  return Number(report[1]);
}

function unplugOf(text: string): SimulatedFault {
  const [at = '', back, ...more] = text.split(',');
  const report = reportOf(at);
  if (back === undefined) return { kind: 'unplug-at', report };
  const seconds = /^back:(\d{1,4})s$/.exec(back);
  if ((seconds === null && back !== 'back:never') || more.length > 0) throw invalid('back');
  return { kind: 'unplug-at', report, backAfterMs: seconds === null ? null : Number(seconds[1]) * MS_PER_SECOND };
}

function invalid(wrong: 'name' | 'share' | 'report' | 'back' | 'value'): ScannerFault {
  return new ScannerFault('scanner.fault-invalid', { wrong });
}
