import type { StationDatabase } from './database.ts';

/** A profile that an administrator imported, as the text of its file. What the text means is its owner's to check. */
export interface StoredProfile {
  readonly profileId: string;
  readonly json: string;
  /** ISO 8601 in UTC. */
  readonly importedAt: string;
}

interface ProfileTableRow {
  profile_id: string;
  json: string;
  imported_at: string;
}

/** The imported profiles of this station. */
export interface ProfileStore {
  all(): Promise<readonly StoredProfile[]>;
  /** Keeps the profile in the place of an earlier one of the same identifier. */
  save(profile: StoredProfile): Promise<void>;
  remove(profileId: string): Promise<void>;
}

/** Makes the store over one open database. */
export function createProfileStore(database: StationDatabase): ProfileStore {
  return {
    async all() {
      const rows = await database.run((connection) =>
        connection<ProfileTableRow>('scanner_profile').orderBy('profile_id'),
      );
      return rows.map((row) => ({ profileId: row.profile_id, json: row.json, importedAt: row.imported_at }));
    },
    async save({ profileId, json, importedAt }) {
      await database.run((connection) =>
        connection<ProfileTableRow>('scanner_profile')
          .insert({ profile_id: profileId, json, imported_at: importedAt })
          .onConflict('profile_id')
          .merge(['json', 'imported_at']),
      );
    },
    async remove(profileId) {
      await database.run((connection) =>
        connection<ProfileTableRow>('scanner_profile').where('profile_id', profileId).delete(),
      );
    },
  };
}
