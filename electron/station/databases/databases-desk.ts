import {
  changedDatabaseSettings,
  fixedDatabaseSettings,
  resolveDatabases,
  type DatabasesPolicy,
} from '../../config/database-settings.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import type { DatabaseSettings, DatabasesSettings, DatabasesView } from '../../contract/databases.ts';
import { openGatewayConnection } from '../../search/gateway/gateway-connection.ts';
import { GatewayFault } from '../../search/gateway/gateway-fault.ts';
import { createGatewayProvider, type GatewayProvider } from '../../search/gateway/gateway-provider.ts';
import type { SearchProvider } from '../../search/search-provider.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { SettingsStore } from '../../storage/settings-store.ts';
import type { Clock, Randomness, TechnicalLog } from '../platform.ts';
import { Refusal } from '../refusal.ts';
import { notSetUp } from './not-set-up.ts';
import { createSwitchedProvider } from './switched-provider.ts';

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];
/** Under which key of the store an administrator's choice lies. */
const SETTING = 'databases';

export interface DatabasesDeskOptions {
  readonly galleries: Readonly<Record<DatabaseName, SearchProvider>>;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: TechnicalLog;
  readonly database: StationDatabase;
  readonly store: SettingsStore;
  readonly audit: AuditLog;
  readonly policy: DatabasesPolicy;
  readonly stationCode: () => string;
  /** Something that every page shows has changed. */
  readonly onChange: () => void;
}

/** Where the two databases are: galleries on this station, or gateways; and the one way to change it. */
export interface DatabasesDesk {
  /** What a check searches: the same objects for as long as the station lives, whatever is behind them. */
  readonly providers: Readonly<Record<DatabaseName, SearchProvider>>;
  view(): DatabasesView;
  /** @throws Refusal `settings.fixed-by-policy`, `settings.invalid`, and the codes of a gateway that cannot be set up */
  change(actor: string, wanted: DatabasesSettings): Promise<void>;
  /** Asks a gateway whether it is there; settles with what is then known. */
  test(database: DatabaseName): Promise<void>;
  close(): Promise<void>;
}

/** Makes the desk. A gateway that cannot be set up leaves its database unavailable; the station starts all the same. */
export async function createDatabasesDesk(options: DatabasesDeskOptions): Promise<DatabasesDesk> {
  const { audit, clock, database, galleries, log, onChange, policy, randomness, stationCode, store } = options;
  let settings = resolveDatabases(await store.read(SETTING), policy);
  const fixedByPolicy = fixedDatabaseSettings(policy);
  const gateways = new Map<DatabaseName, GatewayProvider>();

  /** @throws GatewayFault, Refusal `settings.invalid` for a gateway whose settings are not all there */
  async function connect(name: DatabaseName, wanted: DatabaseSettings): Promise<GatewayProvider | null> {
    const { authorityFile, certificateFile, gatewayAddress: address, keyFile, provider } = wanted;
    if (provider === 'gallery') return null;
    if (address === null || certificateFile === null || keyFile === null || authorityFile === null) {
      throw new Refusal('settings.invalid');
    }
    return createGatewayProvider({
      database: name,
      connection: await openGatewayConnection({ address, certificateFile, keyFile, authorityFile }),
      clock,
      randomness,
      stationCode,
      warningDays: () => settings.certificateWarningDays,
      onStatusChange: onChange,
    });
  }

  async function connectAtStart(name: DatabaseName): Promise<SearchProvider> {
    try {
      return use(name, await connect(name, settings[name]));
    } catch (fault) {
      log.fault(`database.${name}`, fault);
      return notSetUp(name);
    }
  }

  function use(name: DatabaseName, gateway: GatewayProvider | null): SearchProvider {
    gateways.delete(name);
    if (gateway === null) return unowned(galleries[name]);
    gateways.set(name, gateway);
    gateway.watch();
    return gateway;
  }

  const providers = {
    police: createSwitchedProvider('police', await connectAtStart('police')),
    immigration: createSwitchedProvider('immigration', await connectAtStart('immigration')),
  };

  return {
    providers,
    view: () => ({
      settings,
      fixedByPolicy,
      police: providers.police.status(),
      immigration: providers.immigration.status(),
    }),
    async change(actor, wanted) {
      const keys = changedDatabaseSettings(settings, wanted);
      if (keys.some((key) => fixedByPolicy.includes(key))) throw new Refusal('settings.fixed-by-policy');
      const made = new Map<DatabaseName, GatewayProvider | null>();
      try {
        for (const name of DATABASES) made.set(name, await connect(name, wanted[name]));
        await database.transaction(async () => {
          await store.write(SETTING, JSON.stringify(wanted));
          if (keys.length > 0) {
            await audit.append({
              code: 'settings-changed',
              actor,
              reference: null,
              details: { keys: keys.map(keyOf) },
            });
          }
        });
      } catch (fault) {
        for (const gateway of made.values()) await gateway?.[Symbol.asyncDispose]();
        throw fault instanceof GatewayFault ? refusalOf(fault) : fault;
      }
      settings = wanted;
      for (const [name, gateway] of made) providers[name].become(use(name, gateway));
      onChange();
    },
    async test(name) {
      await gateways.get(name)?.test();
    },
    async close() {
      await Promise.all(DATABASES.map((name) => providers[name][Symbol.asyncDispose]()));
    },
  };
}

/** A gallery outlives being switched away from: it is the gallery desk's to close. */
function unowned(gallery: SearchProvider): SearchProvider {
  return {
    database: gallery.database,
    status: () => gallery.status(),
    search: (probe, options) => gallery.search(probe, options),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function keyOf(name: string): string {
  return `databases.${name}`;
}

function refusalOf(fault: GatewayFault): Refusal {
  const { code } = fault;
  return new Refusal(code === 'gateway.record-too-large' ? 'station.fault' : code, { cause: fault });
}
