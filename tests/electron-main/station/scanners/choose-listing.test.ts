import { describe, expect, test } from 'vitest';
import type { ScannerListing } from '../../../../native-bridge/scanner/scanner.ts';
import { ConfigFault } from '../../../../electron/config/load-config.ts';
import { chooseListing } from '../../../../electron/station/scanners/choose-listing.ts';
import { readChosenScanner, writeChosenScanner } from '../../../../electron/station/scanners/chosen-scanner.ts';

function listed(changes: Partial<ScannerListing> = {}): ScannerListing {
  return {
    path: '/dev/hidraw0',
    vendorId: 0x1209,
    productId: 1,
    productName: 'A scanner',
    serialNumber: 'A-1',
    isSimulated: false,
    profileId: 'ridgeway-high-speed',
    refusal: null,
    ...changes,
  };
}

const KEYBOARD = listed({
  path: '/dev/hidraw9',
  productId: 77,
  serialNumber: '',
  profileId: null,
  refusal: 'no-profile',
});
const SIMULATED = listed({ path: 'simulated:0', serialNumber: 'TRAINING-0001', isSimulated: true });

describe('with no scanner chosen', () => {
  test('the only real scanner is taken, whatever else hangs on the bus', () => {
    const scanner = listed();
    expect(chooseListing([KEYBOARD, scanner], null)).toEqual({ kind: 'found', listing: scanner });
  });

  test('nothing but a keyboard is no scanner', () => {
    expect(chooseListing([KEYBOARD], null)).toEqual({ kind: 'none', code: 'scanner.not-found' });
  });

  test('of two real scanners neither is taken by chance', () => {
    const other = listed({ path: '/dev/hidraw1', serialNumber: 'A-2' });
    expect(chooseListing([listed(), other], null)).toEqual({ kind: 'none', code: 'scanner.several' });
  });

  test('of two scanners of which one cannot be used, the other is taken', () => {
    const held = listed({ path: '/dev/hidraw1', serialNumber: 'A-2', refusal: 'in-use' });
    const stranger = listed({ path: '/dev/hidraw2', serialNumber: 'A-3', isEnrolled: false });
    expect(chooseListing([held, stranger, listed()], null)).toMatchObject({ listing: { serialNumber: 'A-1' } });
  });

  test.each(['no-permission', 'in-use', 'driver-missing'] as const)(
    'the only scanner, with the refusal %s, is the one that is spoken of',
    (refusal) => {
      expect(chooseListing([KEYBOARD, listed({ refusal })], null)).toMatchObject({ listing: { refusal } });
    },
  );

  test('the simulated scanner of a training station comes before a real one', () => {
    expect(chooseListing([listed(), SIMULATED], null)).toMatchObject({ listing: { path: 'simulated:0' } });
  });
});

describe('with a scanner chosen', () => {
  const chosen = readChosenScanner(writeChosenScanner(listed()));

  test('it is found on another path by its serial number', () => {
    const moved = listed({ path: '/dev/hidraw4' });
    expect(chooseListing([SIMULATED, moved], chosen)).toEqual({ kind: 'found', listing: moved });
  });

  test('another scanner on its old path is the wrong one', () => {
    const other = listed({ serialNumber: 'A-2' });
    expect(chooseListing([KEYBOARD, other], chosen)).toEqual({ kind: 'none', code: 'scanner.wrong-one' });
  });

  test('a device of another maker with the same serial number is the wrong one', () => {
    expect(chooseListing([listed({ vendorId: 5 })], chosen)).toEqual({ kind: 'none', code: 'scanner.wrong-one' });
  });

  test('a second device that copies its serial number does not take the place of the one on its path', () => {
    const copy = listed({ path: '/dev/hidraw3' });
    expect(chooseListing([copy, listed()], chosen)).toMatchObject({ listing: { path: '/dev/hidraw0' } });
  });

  test('when it is away, neither a keyboard nor the simulated scanner stands in for it', () => {
    expect(chooseListing([KEYBOARD, SIMULATED], chosen)).toEqual({ kind: 'none', code: 'scanner.not-found' });
  });

  test('a reader without a serial number is known by its path alone', () => {
    const reader = listed({ path: 'libfprint:x', vendorId: 0, productId: 0, serialNumber: '' });
    const byPath = readChosenScanner(writeChosenScanner(reader));
    expect(chooseListing([listed(), reader], byPath)).toEqual({ kind: 'found', listing: reader });
    const moved = { ...reader, path: 'libfprint:y' };
    expect(chooseListing([moved], byPath)).toEqual({ kind: 'none', code: 'scanner.wrong-one' });
  });

  test('a policy that says "simulated" means the simulated scanner, whatever its path', () => {
    expect(chooseListing([listed(), SIMULATED], readChosenScanner('simulated'))).toMatchObject({
      listing: { isSimulated: true },
    });
  });
});

describe('the choice as the settings keep it', () => {
  test('what an older station kept, the path alone, is still understood', () => {
    expect(readChosenScanner('/dev/hidraw3')).toEqual({ path: '/dev/hidraw3', device: null });
  });

  test('no choice is null', () => {
    expect([readChosenScanner(null), readChosenScanner('')]).toEqual([null, null]);
  });

  test.each(['{', '{"path":3}', '{"path":"x","device":{"vendorId":1,"productId":2,"serialNumber":"s","more":1}}'])(
    'a damaged setting %s is a typed fault',
    (text) => {
      expect(() => readChosenScanner(text)).toThrow(ConfigFault);
    },
  );
});
