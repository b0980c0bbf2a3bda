import type { ErasureReceipt } from '../../../electron/contract/checks.ts';
import type {
  GlassReport,
  ProfileRow,
  ResolutionReport,
  ScannerDay,
  ScannerRow,
  ScannersView,
  TestCaptureEvent,
  ThresholdEffects,
} from '../../../electron/contract/scanners.ts';
import { exampleMap } from './example-views.ts';

export const EXAMPLE_TEST_RECEIPT: ErasureReceipt = {
  bufferId: '5c1b7f8a-8c1c-4d3e-9b7a-1f2e3d4c5b6a',
  kind: 'image',
  sizeBytes: 250_000,
  takenAt: '2026-11-19T14:41:00.000Z',
  erasedAt: '2026-11-19T14:41:04.000Z',
  why: 'test-ended',
};

/** A scanner that is enrolled and usable; `changes` make it any other. */
export function exampleScanner(changes: Partial<ScannerRow> = {}): ScannerRow {
  return {
    path: '/dev/hidraw0',
    vendorId: 0x1209,
    productId: 0x0001,
    productName: 'Report scanner',
    serialNumber: 'RW-00417',
    firmwareVersion: '1.2.3',
    isSimulated: false,
    profileId: 'ridgeway-high-speed',
    profileName: 'Ridgeway reference scanner, 1,024-byte reports',
    refusal: null,
    udevRule: null,
    isEnrolled: true,
    needsEnrolment: true,
    canBeOpened: true,
    givenName: null,
    isChosen: false,
    ...changes,
  };
}

const RULE = 'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="1209", ATTRS{idProduct}=="0002", GROUP="ridgeway", MODE="0660"';

/** The one in use, and one in each state in which a scanner can be. */
export const EXAMPLE_SCANNERS: readonly ScannerRow[] = [
  exampleScanner({ isChosen: true, givenName: 'By the window' }),
  exampleScanner({
    path: 'simulated:0',
    productName: 'Simulated fingerprint scanner',
    serialNumber: 'TRAINING-0001',
    isSimulated: true,
    isEnrolled: false,
    needsEnrolment: false,
    firmwareVersion: null,
  }),
  exampleScanner({
    path: '/dev/hidraw1',
    serialNumber: 'RW-00980',
    isEnrolled: false,
    refusal: 'not-enrolled',
    firmwareVersion: null,
  }),
  exampleScanner({
    path: '/dev/hidraw2',
    productId: 0x0002,
    serialNumber: '',
    refusal: 'no-permission',
    udevRule: RULE,
    isEnrolled: false,
    canBeOpened: false,
    firmwareVersion: null,
  }),
  exampleScanner({ path: '/dev/hidraw3', serialNumber: 'RW-00981', refusal: 'in-use', canBeOpened: false }),
  exampleScanner({
    path: 'libfprint:0',
    vendorId: 0,
    productId: 0,
    productName: 'Elan fingerprint sensor',
    serialNumber: '',
    profileId: 'libfprint',
    profileName: null,
    refusal: 'no-serial-number',
    isEnrolled: false,
    firmwareVersion: null,
  }),
  exampleScanner({
    path: '/dev/hidraw4',
    vendorId: 0x046d,
    productId: 0xc31c,
    productName: 'USB keyboard',
    serialNumber: '',
    profileId: null,
    profileName: null,
    refusal: 'no-profile',
    isEnrolled: false,
    needsEnrolment: false,
    canBeOpened: false,
    firmwareVersion: null,
  }),
];

export const EXAMPLE_SCANNERS_VIEW: ScannersView = {
  scanners: [...EXAMPLE_SCANNERS],
  absent: [{ vendorId: 0x1209, productId: 0x0001, serialNumber: 'RW-00233', givenName: 'Van 4' }],
  isChoiceFixed: false,
  udevRules: [RULE],
};

/** A test of a scanner on a bad cable: three in a hundred reports were lost, and the image is whole. */
export const EXAMPLE_TEST: readonly TestCaptureEvent[] = [
  { kind: 'waiting-for-finger' },
  { kind: 'preview', map: exampleMap(2), quality: 48, hint: 'press-harder' },
  { kind: 'transferring', receivedShare: 0.5 },
  {
    kind: 'done',
    quality: 82,
    map: exampleMap(),
    framesPerSecond: 24.6,
    reportsReceived: 2_312,
    reportsLost: 71,
    reportsRepeated: 71,
    receipt: EXAMPLE_TEST_RECEIPT,
  },
];

export const EXAMPLE_DIRTY_GLASS: GlassReport = {
  verdict: 'dirty',
  backgroundGrey: 247,
  dirtyShare: 0.124,
  unevenShare: 0.01,
  dirt: {
    columns: 12,
    rows: 12,
    cells: Array.from({ length: 144 }, (_, cell) =>
      Math.max(0, 4 - Math.round(Math.hypot((cell % 12) - 8, Math.floor(cell / 12) - 3))),
    ),
  },
  receipt: EXAMPLE_TEST_RECEIPT,
};

export const EXAMPLE_WRONG_RESOLUTION: ResolutionReport = {
  kind: 'measured',
  claimedPpi: 500,
  horizontalPpi: 512.3,
  verticalPpi: 500.4,
  error: 0.0246,
  isWithinTolerance: false,
  receipt: EXAMPLE_TEST_RECEIPT,
};

/** Days up to the example's today, with quiet ones, a bad cable in the middle and one fault. */
export function exampleDays(days: number): ScannerDay[] {
  return Array.from({ length: days }, (_, index): ScannerDay => {
    const day = new Date(Date.UTC(2026, 10, 19) - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    const fromEnd = days - 1 - index;
    const captures = fromEnd % 7 === 5 ? 0 : 3 + ((fromEnd * 5) % 9);
    const reportsLost = fromEnd > 9 && fromEnd < 15 ? 40 + ((fromEnd * 31) % 60) : 0;
    return {
      day,
      captures,
      meanQuality: captures === 0 ? null : 58 + ((fromEnd * 13) % 27),
      reportsLost,
      reportsRepeated: reportsLost,
      faults: fromEnd === 12 ? 1 : 0,
    };
  });
}

export const EXAMPLE_EFFECTS: ThresholdEffects = {
  captures: 412,
  belowQuality: 37,
  police: {
    people: 1_000_000,
    match: { oneFinger: 10, twoFingers: 10.3, falsePositivesPerThousand: 0.1 },
    possible: { oneFinger: 8, twoFingers: 8.3, falsePositivesPerThousand: 10 },
  },
  immigration: null,
};

export const EXAMPLE_PROFILES: readonly ProfileRow[] = [
  {
    profileId: 'desk-reader-2',
    name: 'Desk reader 2',
    vendorId: 0x1209,
    productId: 0x0042,
    widthPx: 400,
    heightPx: 500,
    resolutionPpi: 500,
    triedOn: [],
    importedAt: '2026-11-02T10:15:00.000Z',
  },
  {
    profileId: 'ridgeway-high-speed',
    name: 'Ridgeway reference scanner, 1,024-byte reports',
    vendorId: 0x1209,
    productId: 0x0001,
    widthPx: 500,
    heightPx: 500,
    resolutionPpi: 500,
    triedOn: ['simulated-device', 'virtual-kernel-device'],
    importedAt: null,
  },
];
