import type { StationDatabase } from './database.ts';

interface ReleaseRow {
  entry: number;
  made_on: string;
  json: string;
}

/** The publications that were made from this database, each as its owner's JSON text. */
export interface ReleaseStore {
  /** Oldest first. */
  all(): Promise<readonly string[]>;
  /** `madeOn` is a date, `YYYY-MM-DD`. */
  add(madeOn: string, json: string): Promise<void>;
}

/** Makes the store over one open database. */
export function createReleaseStore(database: StationDatabase): ReleaseStore {
  return {
    async all() {
      const rows = await database.run((connection) => connection<ReleaseRow>('count_release').orderBy('entry'));
      return rows.map(({ json }) => json);
    },
    async add(madeOn, json) {
      await database.run((connection) => connection<ReleaseRow>('count_release').insert({ made_on: madeOn, json }));
    },
  };
}
