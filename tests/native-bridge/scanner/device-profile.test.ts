import { describe, expect, test } from 'vitest';
import { BUILT_IN_PROFILES, HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import {
  checkDeviceProfile,
  parseDeviceProfile,
  writeDeviceProfile,
} from '../../../native-bridge/scanner/device-profile.ts';
import { reportLengthsOf } from '../../../native-bridge/scanner/hid-descriptor.ts';
import { orientImage } from '../../../native-bridge/scanner/orient-image.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';

describe('device profiles', () => {
  test('every profile that ships comes back from its own export', () => {
    for (const profile of BUILT_IN_PROFILES) expect(parseDeviceProfile(writeDeviceProfile(profile))).toEqual(profile);
  });

  test('no two profiles that ship fit the same device', () => {
    const keys = BUILT_IN_PROFILES.map(({ vendorId, productId }) => `${vendorId}:${productId}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('no profile that ships claims to have run on real hardware', () => {
    expect(BUILT_IN_PROFILES.some(({ triedOn }) => triedOn.includes('hardware'))).toBe(false);
  });

  test.each([
    ['usagePage', { usagePage: 1 }],
    ['inputReportBytes', { inputReportBytes: 8 }],
    ['widthPx', { widthPx: 1e9 }],
    ['resolutionPpi', { resolutionPpi: 0 }],
    ['polarity', { polarity: 'blue' }],
    ['profileId', { profileId: '../../etc/passwd' }],
    ['(whole)', { driver: 'rm -rf' }],
  ])('a profile with a wrong %s is refused and the field is named', (field, change) => {
    const act = (): unknown => checkDeviceProfile({ ...HIGH_SPEED_PROFILE, ...change });
    expect(act).toThrow(expect.objectContaining({ code: 'scanner.profile-invalid', figures: { field } }));
  });

  test.each(['', '{', 'null', '[]', 'x'.repeat(20_000)])('a file that is no profile is refused: %.10s', (text) => {
    expect(() => parseDeviceProfile(text)).toThrow(expect.objectContaining({ code: 'scanner.profile-invalid' }));
  });
});

describe('report descriptor', () => {
  const reference = [0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08];
  const lengths = [0x96, 0x00, 0x04, 0x09, 0x02, 0x81, 0x02, 0x95, 0x40, 0x09, 0x03, 0x91, 0x02, 0xc0];

  test('the lengths of the reference descriptor are read', () => {
    const descriptor = Uint8Array.from([...reference, ...lengths]);
    expect(reportLengthsOf(descriptor, 0)).toEqual({ inputReportBytes: 1_024, outputReportBytes: 64 });
  });

  test('only the report of the wanted identifier counts', () => {
    const other = [0x85, 0x09, 0x95, 0x08, 0x81, 0x02, 0x91, 0x02];
    const descriptor = Uint8Array.from([...reference, ...other, 0x85, 0x03, ...lengths]);
    expect(reportLengthsOf(descriptor, 3)).toEqual({ inputReportBytes: 1_024, outputReportBytes: 64 });
    expect(reportLengthsOf(descriptor, 9)).toEqual({ inputReportBytes: 8, outputReportBytes: 8 });
  });

  test('a keyboard has no such reports, and that is a typed fault', () => {
    const keyboard = Uint8Array.of(0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x75, 0x08, 0x95, 0x08, 0x81, 0x00, 0xc0);
    expect(() => reportLengthsOf(keyboard, 0)).toThrow(expect.objectContaining({ code: 'scanner.protocol' }));
  });

  test('descriptors of any bytes end in lengths or in a typed fault', () => {
    const random = seededRandom(5);
    for (let run = 0; run < 5_000; run += 1) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
      try {
        const { inputReportBytes, outputReportBytes } = reportLengthsOf(bytes, Math.floor(random() * 4));
        expect(Math.min(inputReportBytes, outputReportBytes)).toBeGreaterThan(0);
      } catch (cause) {
        expect(cause).toMatchObject({ code: 'scanner.protocol' });
      }
    }
  });
});

describe('orientation', () => {
  test('light ridges, upside down and mirrored come out dark, tip up and not mirrored, in the same memory', () => {
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
    orientImage(pixels, 3, { polarity: 'ridges-light', orientation: 'tip-down', isMirrored: true });
    expect([...pixels]).toEqual([251, 250, 249, 254, 253, 252]);
  });

  test('twice the same turn is the image again', () => {
    const layout = { polarity: 'ridges-light', orientation: 'tip-down', isMirrored: true } as const;
    const pixels = Uint8Array.from({ length: 35 }, (_, at) => at * 7);
    const twice = Uint8Array.from(pixels);
    orientImage(twice, 7, layout);
    orientImage(twice, 7, layout);
    expect(twice).toEqual(pixels);
  });
});
