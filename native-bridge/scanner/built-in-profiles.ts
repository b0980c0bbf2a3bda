import { checkDeviceProfile, type DeviceProfile } from './device-profile.ts';
import invertedScanner from './profiles/ridgeway-inverted.json' with { type: 'json' };
import fullSpeedScanner from './profiles/ridgeway-full-speed.json' with { type: 'json' };
import highSpeedScanner from './profiles/ridgeway-high-speed.json' with { type: 'json' };

/** The profile of the simulated scanner at 1,024 bytes a report, the default. */
export const HIGH_SPEED_PROFILE: DeviceProfile = checkDeviceProfile(highSpeedScanner);
/** The profile of the simulated scanner at 64 bytes a report. */
export const FULL_SPEED_PROFILE: DeviceProfile = checkDeviceProfile(fullSpeedScanner);

/** Every profile that ships with the station. A further device of the family needs a file here, not code. */
export const BUILT_IN_PROFILES: readonly DeviceProfile[] = [
  HIGH_SPEED_PROFILE,
  FULL_SPEED_PROFILE,
  checkDeviceProfile(invertedScanner),
];
