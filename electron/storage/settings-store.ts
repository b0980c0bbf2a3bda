import type { StationDatabase } from './database.ts';

interface SettingRow {
  key: string;
  json: string;
}

/** Settings of the station, each a JSON text under its key. What the JSON means is its owner's to check. */
export interface SettingsStore {
  read(key: string): Promise<string | null>;
  write(key: string, json: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Makes the store over one open database. */
export function createSettingsStore(database: StationDatabase): SettingsStore {
  return {
    async read(key) {
      const row = await database.run((connection) => connection<SettingRow>('setting').where('key', key).first());
      return row?.json ?? null;
    },
    async write(key, json) {
      await database.run((connection) =>
        connection<SettingRow>('setting').insert({ key, json }).onConflict('key').merge(['json']),
      );
    },
    async remove(key) {
      await database.run((connection) => connection<SettingRow>('setting').where('key', key).delete());
    },
  };
}
