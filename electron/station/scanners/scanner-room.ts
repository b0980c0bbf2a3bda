import { createImportedProfiles } from '../../../native-bridge/scanner/imported-profiles.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { MachinePolicy } from '../../config/load-config.ts';
import type { ProbeCustody } from '../../custody/probe-custody.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import type { Devices, Platform } from '../platform.ts';
import { createProfileDesk, type ProfileDesk } from './profile-desk.ts';
import { createQuietSource, type QuietSource } from './quiet-source.ts';
import { createScannerCare, type ScannerCare } from './scanner-care.ts';
import { createScannerDesk, type ScannerDesk } from './scanner-desk.ts';
import { createScannerRegister } from './scanner-register.ts';
import { createScannerStatistics, type ScannerStatisticsDesk } from './scanner-statistics.ts';
import { createTestImages, type TestImages } from './test-images.ts';

export interface ScannerRoomOptions {
  readonly platform: Platform;
  readonly devices: Devices;
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly custody: ProbeCustody;
  readonly settings: SettingsDesk;
  readonly policy: MachinePolicy;
  readonly onChange: () => void;
}

/** Everything of a station that has to do with scanners. */
export interface ScannerRoom {
  readonly source: QuietSource;
  readonly desk: ScannerDesk;
  readonly care: ScannerCare;
  readonly profiles: ProfileDesk;
  readonly statistics: ScannerStatisticsDesk;
  readonly images: TestImages;
}

/** Puts it together over one open database. @throws StorageFault, ScannerFault when a stored profile is no profile */
export async function createScannerRoom(options: ScannerRoomOptions): Promise<ScannerRoom> {
  const { audit, custody, database, devices, onChange, platform, policy, settings } = options;
  const { clock, folders, log } = platform;
  const register = await createScannerRegister({
    database,
    audit,
    clock,
    isTraining: devices.trainingGalleries !== null,
    areUnnumberedReadersAllowed: policy.areUnnumberedReadersAllowed === true,
  });
  const profiles = await createProfileDesk({
    database,
    audit,
    clock,
    imported: devices.importedProfiles ?? createImportedProfiles(),
    dataFolder: folders.data,
  });
  const statistics = createScannerStatistics({ database, clock, log });
  const source = createQuietSource(devices.scanners);
  const desk = createScannerDesk({
    source,
    chosen: () => settings.scanner(),
    register,
    counting: (scanner) => statistics.counting(scanner),
  });
  const hasUdev = devices.hasUdev === true;
  return {
    source,
    desk,
    profiles,
    statistics,
    care: createScannerCare({ scanners: desk, register, profiles, settings, hasUdev, onChange }),
    images: createTestImages({ custody, scanners: desk, audit }),
  };
}
