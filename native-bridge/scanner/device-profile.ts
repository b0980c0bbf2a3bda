import { z } from 'zod';
import { MAXIMUM_REPORT_BYTES, MINIMUM_REPORT_BYTES } from './report-codec.ts';
import { ScannerFault } from './scanner-fault.ts';

const word = z.number().int().min(0).max(0xffff);
const reportBytes = z.number().int().min(MINIMUM_REPORT_BYTES).max(MAXIMUM_REPORT_BYTES);

/** A device profile as a file holds it: what a device of the family must be told apart by, and how its pixels lie. */
export const deviceProfileSchema = z.strictObject({
  /** Version of this file format. */
  format: z.literal(1),
  profileId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(80),
  vendorId: word,
  productId: word,
  usagePage: word.min(0xff00),
  usage: word,
  /** 0: the device uses no report identifiers. */
  reportId: z.number().int().min(0).max(255),
  /** Lengths without the identifier, bytes; used where the system does not give the descriptor. */
  inputReportBytes: reportBytes,
  outputReportBytes: reportBytes,
  widthPx: z.number().int().min(64).max(4_096),
  heightPx: z.number().int().min(64).max(4_096),
  resolutionPpi: z.number().int().min(250).max(1_200),
  polarity: z.enum(['ridges-dark', 'ridges-light']),
  orientation: z.enum(['tip-up', 'tip-down']),
  isMirrored: z.boolean(),
  /** What the profile was tried on, each truthfully; an empty list means on nothing. */
  triedOn: z.array(z.enum(['simulated-device', 'virtual-kernel-device', 'hardware'])).max(3),
});
export type DeviceProfile = z.infer<typeof deviceProfileSchema>;

/** Longest profile file that is read, characters; a profile is about 600. */
export const MAXIMUM_PROFILE_CHARACTERS = 10_000;

/**
 * Reads a profile that came from outside.
 * @throws ScannerFault `scanner.profile-invalid` with the first field that is wrong
 */
export function parseDeviceProfile(text: string): DeviceProfile {
  if (text.length > MAXIMUM_PROFILE_CHARACTERS) {
    throw new ScannerFault('scanner.profile-invalid', { characters: text.length });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ScannerFault('scanner.profile-invalid', { field: '(not JSON)' }, { cause });
  }
  return checkDeviceProfile(value);
}

/** Checks a value that should be a profile. @throws ScannerFault `scanner.profile-invalid` with the first field that is wrong */
export function checkDeviceProfile(value: unknown): DeviceProfile {
  const parsed = deviceProfileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ScannerFault('scanner.profile-invalid', { field: field === '' ? '(whole)' : field });
}

/** Writes a profile as the text of a file that {@link parseDeviceProfile} reads. */
export function writeDeviceProfile(profile: DeviceProfile): string {
  return `${JSON.stringify(profile, null, 2)}\n`;
}
