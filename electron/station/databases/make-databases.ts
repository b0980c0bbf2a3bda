import type { MachinePolicy } from '../../config/load-config.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import { decideAnswer } from '../../domain/identification/decide-answer.ts';
import { thresholdFor } from '../../domain/identification/threshold-for.ts';
import { createLocalGallery, type Decide } from '../../search/local-gallery.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { SettingsStore } from '../../storage/settings-store.ts';
import type { SettingsDesk } from '../desks/settings-desk.ts';
import { createGalleryDesk, type GalleryDesk } from '../galleries/gallery-desk.ts';
import type { Devices, Platform } from '../platform.ts';
import { createDatabasesDesk, type DatabasesDesk } from './databases-desk.ts';

export interface DatabasesParts {
  readonly platform: Platform;
  readonly devices: Devices;
  readonly database: StationDatabase;
  readonly store: SettingsStore;
  readonly audit: AuditLog;
  readonly settings: SettingsDesk;
  readonly policy: MachinePolicy;
  /** Something that every page shows has changed. */
  readonly onChange: () => void;
}

/** The two databases of a station: its galleries, and what a check searches, which may be them or gateways. */
export interface Databases extends Pick<DatabasesDesk, 'providers'> {
  readonly galleryDesk: GalleryDesk;
  readonly databasesDesk: DatabasesDesk;
  close(): Promise<void>;
}

/** Makes the galleries and the desks of both; what a score means is the domain's to decide, by the settings of then. */
export async function makeDatabases(parts: DatabasesParts): Promise<Databases> {
  const { audit, database, devices, onChange, platform, policy, settings, store } = parts;
  const { clock, log, randomness } = platform;
  const decide: Decide = (candidates, { people, fingers }) => {
    const { matchTargetFpir, possibleTargetFpir } = settings.settings();
    return decideAnswer(candidates, {
      match: thresholdFor({ targetFpir: matchTargetFpir, people, fingers }),
      possible: thresholdFor({ targetFpir: possibleTargetFpir, people, fingers }),
    });
  };
  const gallery = (name: DatabaseName) =>
    createLocalGallery({ database: name, matcher: devices.matcher, decide, now: () => clock.now() });
  const galleries = { police: gallery('police'), immigration: gallery('immigration') };
  const galleryDesk = await createGalleryDesk({
    platform,
    matcher: devices.matcher,
    training: devices.trainingGalleries,
    providers: galleries,
    database,
    store,
    audit,
    policy: policy.galleries ?? {},
    onChange,
  });
  const databasesDesk = await createDatabasesDesk({
    galleries,
    clock,
    randomness,
    log,
    database,
    store,
    audit,
    policy: policy.databases ?? {},
    stationCode: () => settings.settings().stationCode,
    onChange,
  });
  return {
    galleryDesk,
    databasesDesk,
    providers: databasesDesk.providers,
    async close() {
      await databasesDesk.close();
      await galleryDesk.close();
    },
  };
}
