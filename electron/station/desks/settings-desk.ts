import type { AuditLog } from '../../audit/audit-log.ts';
import type { StationSettings, UpstreamSettings } from '../../contract/administration.ts';
import {
  parseStoredSettings,
  resolveSettings,
  resolveUpstream,
  type MachinePolicy,
  type SettingsFile,
} from '../../config/load-config.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { SettingsStore } from '../../storage/settings-store.ts';
import type { ScannerListing } from '../../../native-bridge/scanner/scanner.ts';
import { readChosenScanner, writeChosenScanner, type ChosenScanner } from '../scanners/chosen-scanner.ts';
import { Refusal } from '../refusal.ts';

const KEYS = { settings: 'station', upstream: 'upstream', scanner: 'scanner' } as const;

/** The settings in force, and the one way to change them. */
export interface SettingsDesk {
  settings(): StationSettings;
  upstream(): UpstreamSettings;
  /** The chosen scanner, or null. */
  scanner(): ChosenScanner | null;
  /** Names of settings that the machine policy has fixed. */
  readonly fixedByPolicy: readonly string[];
  readonly isUpstreamFixed: boolean;
  readonly isScannerFixed: boolean;
  /** @throws Refusal `settings.fixed-by-policy` when a fixed field would change */
  change(actor: string, wanted: StationSettings): Promise<void>;
  changeUpstream(actor: string, wanted: UpstreamSettings): Promise<void>;
  chooseScanner(actor: string, listing: ScannerListing): Promise<void>;
}

export interface SettingsDeskOptions {
  readonly database: StationDatabase;
  readonly store: SettingsStore;
  readonly audit: AuditLog;
  readonly policy: MachinePolicy;
  /** What the station was delivered with; an administrator may change it. */
  readonly file?: SettingsFile;
  readonly onChange: () => void;
}

function changedKeys(before: object, after: object): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([key, value]) => old.get(key) !== value)
    .map(([key]) => key);
}

function pick(values: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** Reads the settings once and keeps them in step with the store. @throws ConfigFault */
export async function createSettingsDesk(options: SettingsDeskOptions): Promise<SettingsDesk> {
  const { database, store, audit, policy, file = {} } = options;
  const storedJson = await store.read(KEYS.settings);
  let changedHere = parseStoredSettings(storedJson);
  let settings = resolveSettings(storedJson, policy, file);
  let upstream = resolveUpstream(await store.read(KEYS.upstream), policy, file);
  let scanner = readChosenScanner(policy.scanner ?? (await store.read(KEYS.scanner)));
  const fixedByPolicy = Object.keys(policy.settings ?? {});

  async function keep(actor: string, key: string, json: string, keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    await database.transaction(async () => {
      await store.write(key, json);
      await audit.append({ code: 'settings-changed', actor, reference: null, details: { keys } });
    });
  }

  return {
    settings: () => settings,
    upstream: () => upstream,
    scanner: () => scanner,
    fixedByPolicy,
    isUpstreamFixed: policy.upstream !== undefined,
    isScannerFixed: policy.scanner !== undefined,
    async change(actor, wanted) {
      const keys = changedKeys(settings, wanted);
      if (keys.some((key) => fixedByPolicy.includes(key))) throw new Refusal('settings.fixed-by-policy');
      if (wanted.possibleTargetFpir < wanted.matchTargetFpir) throw new Refusal('settings.invalid');
      // Only what was changed here is stored: a policy that is lifted leaves nothing of itself behind.
      const kept = parseStoredSettings(JSON.stringify({ ...changedHere, ...pick(wanted, keys) }));
      await keep(actor, KEYS.settings, JSON.stringify(kept), keys);
      changedHere = kept;
      settings = wanted;
      options.onChange();
    },
    async changeUpstream(actor, wanted) {
      if (policy.upstream !== undefined) throw new Refusal('settings.fixed-by-policy');
      if (wanted.isSwitchedOn && wanted.address === null) throw new Refusal('settings.invalid');
      const keys = changedKeys(upstream, wanted).map((key) => `upstream.${key}`);
      await keep(actor, KEYS.upstream, JSON.stringify(wanted), keys);
      upstream = wanted;
      options.onChange();
    },
    async chooseScanner(actor, listing) {
      if (policy.scanner !== undefined) throw new Refusal('settings.fixed-by-policy');
      const text = writeChosenScanner(listing);
      const { isSimulated } = listing;
      await database.transaction(async () => {
        await store.write(KEYS.scanner, text);
        await audit.append({ code: 'scanner-chosen', actor, reference: null, details: { isSimulated } });
      });
      scanner = readChosenScanner(text);
      options.onChange();
    },
  };
}
