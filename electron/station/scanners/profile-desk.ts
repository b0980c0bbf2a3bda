import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILT_IN_PROFILES } from '../../../native-bridge/scanner/built-in-profiles.ts';
import {
  parseDeviceProfile,
  writeDeviceProfile,
  type DeviceProfile,
} from '../../../native-bridge/scanner/device-profile.ts';
import type { ImportedProfiles } from '../../../native-bridge/scanner/imported-profiles.ts';
import { readDeviceProfile } from '../../../native-bridge/scanner/profile-problems.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import {
  MAXIMUM_PROFILE_PROBLEMS,
  MAXIMUM_PROFILES,
  type ProfileImport,
  type ProfileProblem,
  type ProfileRow,
} from '../../contract/scanners.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { createProfileStore } from '../../storage/profile-store.ts';
import type { Clock } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface ProfileDeskOptions {
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Where the source of scanners looks for profiles that were imported. */
  readonly imported: ImportedProfiles;
  readonly dataFolder: string;
}

/** The profiles of this station: those that it came with, and those that an administrator imported. */
export interface ProfileDesk {
  rows(): ProfileRow[];
  /** Every profile, imported ones first, as the sources try them. */
  all(): readonly DeviceProfile[];
  import(actor: string, text: string): Promise<ProfileImport>;
  /** @throws Refusal `scanner.profile-not-found` */
  export(profileId: string): Promise<{ readonly text: string; readonly filePath: string }>;
  /** Removes an imported one. @throws Refusal `scanner.profile-not-found` */
  remove(actor: string, profileId: string): Promise<ProfileRow[]>;
}

/** Reads the imported profiles once and keeps source and table in step. @throws ScannerFault when a stored profile is no profile */
export async function createProfileDesk(options: ProfileDeskOptions): Promise<ProfileDesk> {
  const { audit, clock, database, imported } = options;
  const store = createProfileStore(database);
  let importedAt = new Map<string, string>();

  async function read(): Promise<void> {
    const stored = await store.all();
    importedAt = new Map(stored.map((one) => [one.profileId, one.importedAt]));
    imported.replaceAll(stored.map(({ json }) => parseDeviceProfile(json)));
  }

  const all = (): readonly DeviceProfile[] => [...imported.all(), ...BUILT_IN_PROFILES];
  const rows = (): ProfileRow[] => all().map((profile) => rowOf(profile, importedAt.get(profile.profileId) ?? null));

  async function keep(
    actor: string,
    code: 'profile-imported' | 'profile-removed',
    { productId, profileId, vendorId }: DeviceProfile,
    change: () => Promise<void>,
  ): Promise<void> {
    await database.transaction(async () => {
      await change();
      await audit.append({ code, actor, reference: null, details: { profileId, vendorId, productId } });
    });
    await read();
  }

  await read();
  return {
    rows,
    all,
    async import(actor, text) {
      const reading = readDeviceProfile(text);
      if (reading.kind === 'wrong') return refused(reading.problems);
      const { profile } = reading;
      const { profileId } = profile;
      const hasReplaced = importedAt.has(profileId);
      if (BUILT_IN_PROFILES.some((known) => known.profileId === profileId)) {
        return refused([{ field: 'profileId', problem: 'ships-with-station', bound: null }]);
      }
      if (!hasReplaced && all().length >= MAXIMUM_PROFILES) {
        return refused([{ field: '', problem: 'too-many-profiles', bound: MAXIMUM_PROFILES }]);
      }
      const json = writeDeviceProfile(profile);
      const at = new Date(clock.now()).toISOString();
      await keep(actor, 'profile-imported', profile, () => store.save({ profileId, json, importedAt: at }));
      return { kind: 'imported', profileId, hasReplaced, profiles: rows() };
    },
    async export(profileId) {
      const profile = all().find((known) => known.profileId === profileId);
      if (profile === undefined) throw new Refusal('scanner.profile-not-found');
      const text = writeDeviceProfile(profile);
      const folder = join(options.dataFolder, 'scanner-profiles');
      const filePath = join(folder, `${profileId}.json`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(filePath, text, { mode: 0o600 });
      return { text, filePath };
    },
    async remove(actor, profileId) {
      const profile = imported.all().find((known) => known.profileId === profileId);
      if (profile === undefined) throw new Refusal('scanner.profile-not-found');
      await keep(actor, 'profile-removed', profile, () => store.remove(profileId));
      return rows();
    },
  };
}

function refused(problems: readonly ProfileProblem[]): ProfileImport {
  return { kind: 'refused', problems: problems.slice(0, MAXIMUM_PROFILE_PROBLEMS) };
}

function rowOf(profile: DeviceProfile, importedAt: string | null): ProfileRow {
  const { heightPx, name, productId, profileId, resolutionPpi, triedOn, vendorId, widthPx } = profile;
  return { profileId, name, vendorId, productId, widthPx, heightPx, resolutionPpi, triedOn, importedAt };
}
