import { NOMINAL_RESOLUTION_PPI } from '../../image/grey-image.ts';
import { CaptureEnding } from '../capture-ending.ts';
import { CaptureInterrupted } from '../capture-interrupted.ts';
import { systemClock, type ScannerClock } from '../clock.ts';
import { ScannerFault, type ScannerFaultCode } from '../scanner-fault.ts';
import type { Scanner, ScannerIdentity, ScannerListing, ScannerSource } from '../scanner.ts';
import { waitFor } from '../wait-for.ts';
import { startHelper, type HelperPipe } from './helper-pipe.ts';
import { HelperRecords, type HelperRecord } from './helper-records.ts';
import { LibfprintScanner } from './libfprint-scanner.ts';

/** Where the helper is and how it is started. */
export interface LibfprintSourceOptions {
  /** The compiled `fprint-helper`. */
  readonly helperPath: string;
  /** Variables for the helper; the tests name libfprint's virtual device here. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: ScannerClock;
  /** Starts the helper; the real one when absent. */
  readonly start?: () => Promise<HelperPipe>;
}

/** Paths of this source begin with this, so that they cannot be taken for those of the HID bus. */
const PATH_PREFIX = 'libfprint:';
/** Longest time for a list or an opening, ms; readers initialise their sensors then. */
const HELPER_LIMIT_MS = 10_000;
/** Side of the square image that memory is asked for, pixels: libfprint tells the true size with each image only. */
const LARGEST_SIDE_PX = 640;
/** Millimetres in an inch. */
const MM_PER_INCH = 25.4;
/** Codes of the helper's letters when a reader is opened. Source: docs/protocol.md. */
const OPENING_FAULTS: Readonly<Record<string, ScannerFaultCode>> = {
  b: 'scanner.in-use',
  p: 'scanner.no-permission',
  '0': 'scanner.not-found',
  u: 'scanner.unplugged',
};

/** Lists and opens the readers that libfprint can capture images with (Linux). Readers that match on the chip are listed and refused. */
export function createLibfprintSource(options: LibfprintSourceOptions): ScannerSource {
  const { clock = systemClock, start = () => startHelper(options.helperPath, options.environment) } = options;
  return {
    async list(signal) {
      const pipe = await start();
      try {
        const rows: ScannerListing[] = [];
        await converse(pipe, Uint8Array.of(0x4c), signal, clock, (record) => {
          if (record.kind === 'device') rows.push(listingOf(record));
          return record.kind === 'end-of-list';
        });
        return rows;
      } finally {
        pipe.close();
      }
    },
    async open(path, signal): Promise<Scanner> {
      const name = Buffer.from(path.startsWith(PATH_PREFIX) ? path.slice(PATH_PREFIX.length) : '', 'utf8');
      if (name.length === 0 || name.length > 255) throw new ScannerFault('scanner.not-found');
      const pipe = await start();
      try {
        await converse(pipe, Buffer.concat([Uint8Array.of(0x4f, name.length), name]), signal, clock, (record) => {
          if (record.kind === 'error') {
            throw new ScannerFault(OPENING_FAULTS[record.letter] ?? 'scanner.no-answer');
          }
          return record.kind === 'opened';
        });
      } catch (cause) {
        pipe.close();
        throw cause;
      }
      const scanner = new LibfprintScanner(identityOf(path), pipe, clock);
      pipe.onBytes((bytes) => scanner.push(bytes));
      pipe.onExit(() => scanner.helperEnded());
      return scanner;
    },
  };
}

/** Says one thing to the helper and listens until `isAnswered`. */
async function converse(
  pipe: HelperPipe,
  command: Uint8Array,
  signal: AbortSignal,
  clock: ScannerClock,
  isAnswered: (record: HelperRecord) => boolean,
): Promise<void> {
  const never = new AbortController();
  using ending = new CaptureEnding(signal, never.signal, clock, HELPER_LIMIT_MS);
  try {
    await waitFor<void>(ending.signal, (settle, fail) => {
      const records = new HelperRecords(
        (record) => {
          if (isAnswered(record)) settle();
        },
        () => null,
      );
      pipe.onBytes((bytes) => {
        try {
          records.push(bytes);
        } catch (cause) {
          fail(cause);
        }
      });
      pipe.onExit(() => fail(new ScannerFault('scanner.helper-crashed')));
      pipe.write(command);
      return () => {};
    });
  } catch (cause) {
    if (!(cause instanceof CaptureInterrupted)) throw cause;
    throw cause.interruption.kind === 'aborted' ? signal.reason : new ScannerFault('scanner.no-answer');
  }
}

function listingOf(device: Extract<HelperRecord, { kind: 'device' }>): ScannerListing {
  return {
    path: PATH_PREFIX + device.path,
    // libfprint does not tell the identifiers of the USB device.
    vendorId: 0,
    productId: 0,
    productName: device.productName,
    serialNumber: '',
    isSimulated: device.path.startsWith('virtual_'),
    profileId: device.canCapture ? 'libfprint' : null,
    refusal: device.canCapture ? null : 'no-profile',
  };
}

function identityOf(path: string): ScannerIdentity {
  const sideMm = (LARGEST_SIDE_PX / NOMINAL_RESOLUTION_PPI) * MM_PER_INCH;
  return {
    profileId: 'libfprint',
    vendorId: 0,
    productId: 0,
    productName: path.slice(PATH_PREFIX.length),
    serialNumber: '',
    firmwareVersion: '',
    widthPx: LARGEST_SIDE_PX,
    heightPx: LARGEST_SIDE_PX,
    resolutionPpi: NOMINAL_RESOLUTION_PPI,
    sensingAreaWidthMm: sideMm,
    sensingAreaHeightMm: sideMm,
    isSimulated: path.startsWith(`${PATH_PREFIX}virtual_`),
  };
}
