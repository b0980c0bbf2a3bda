import type { DeviceProfile } from './device-profile.ts';

/** The profiles that an administrator imported, shared between the source that matches devices and whoever keeps them. */
export interface ImportedProfiles {
  /** As they are now; asked at each look at the bus. */
  all(): readonly DeviceProfile[];
  replaceAll(profiles: readonly DeviceProfile[]): void;
}

/** Makes an empty set of imported profiles. */
export function createImportedProfiles(): ImportedProfiles {
  let present: readonly DeviceProfile[] = [];
  return {
    all: () => present,
    replaceAll(profiles) {
      present = [...profiles];
    },
  };
}
