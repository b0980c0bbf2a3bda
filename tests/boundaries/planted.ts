/** One import that a rule must catch: the file that draws the arrow, what it imports, and the rule's name. */
export interface PlantedArrow {
  readonly rule: string;
  readonly from: string;
  readonly source: string;
}

/** At least one for each row of the design's table of arrows, and one for each half of a row that has two. */
export const PLANTED: readonly PlantedArrow[] = [
  plant('contract-is-pure', 'electron/contract/reads-a-file.ts', "import 'node:fs';"),
  plant('contract-is-pure', 'electron/contract/knows-the-domain.ts', "import '../domain/rule.ts';"),
  plant('contract-is-pure', 'electron/contract/knows-the-server.ts', "import '@orpc/server';"),
  plant('domain-is-pure', 'electron/domain/reads-the-clock.ts', "import 'node:perf_hooks';"),
  plant('domain-is-pure', 'electron/domain/validates.ts', "import 'zod';"),
  plant('domain-is-pure', 'electron/domain/knows-the-store.ts', "import '../storage/database.ts';"),
  plant('domain-is-pure', 'electron/domain/runs-the-contract.ts', "import '../contract/words.ts';"),
  plant('only-hosts-know-electron', 'electron/station/opens-a-window.ts', "import 'electron';"),
  plant('only-hosts-know-electron', 'electron/hosts/loopback/opens-a-window.ts', "import 'electron';"),
  plant('only-hosts-know-electron', 'tests/support/starts-electron.ts', "import 'electron';"),
  plant('hosts-are-leaves', 'electron/station/calls-its-host.ts', "import '../hosts/loopback/socket-host.ts';"),
  plant('hosts-are-leaves', 'build/calls-a-host.ts', "import '../electron/hosts/electron/window.ts';"),
  plant('hosts-are-leaves', 'electron/hosts/loopback/calls-electron.ts', "import '../electron/window.ts';"),
  plant('renderer-sees-only-the-contract', 'renderer/reads-the-domain.ts', "import '../electron/domain/rule.ts';"),
  plant('renderer-sees-only-the-contract', 'renderer/drives.ts', "import '../native-bridge/image/grey.ts';"),
  plant('renderer-sees-only-the-contract', 'renderer/reads-a-file.ts', "import 'node:fs';"),
  plant(
    'native-bridge-knows-no-police-work',
    'native-bridge/image/judges.ts',
    "import '../../electron/domain/rule.ts';",
  ),
  plant('one-door-per-native-module', 'native-bridge/scanner/another-port.ts', "import 'node-hid';"),
  plant('one-door-per-native-module', 'electron/counts/own-query.ts', "import 'knex';"),
  plant('one-door-per-native-module', 'electron/audit/own-database.ts', "import 'sqlite3';"),
  plant('one-door-per-native-module', 'native-bridge/matcher/another-pool.ts', "import 'piscina';"),
  plant('bytes-stay-home', 'electron/contract/shows-a-print.ts', "import '../custody/probe-custody.ts';"),
  plant('bytes-stay-home', 'electron/counts/counts-a-print.ts', "import '../custody/probe-custody.ts';"),
  plant('bytes-stay-home', 'electron/audit/logs-a-print.ts', "import type {} from '../custody/probe-custody.ts';"),
  plant('bytes-stay-home', 'electron/config/sets-a-print.ts', "import '../custody/probe-custody.ts';"),
  plant('production-has-no-loopback', 'electron/hosts/electron/main.ts', "import '../../station/far.ts';"),
  plant('no-circles', 'electron/search/one.ts', "import './other.ts';"),
  plant('no-orphans', 'electron/search/alone.ts', 'export const alone = 1;'),
  plant('not-to-unresolvable', 'electron/search/lost.ts', "import './nowhere.ts';"),
];

/** What the planted arrows point at; none of these breaks a rule by itself. */
export const GROUND: Readonly<Record<string, string>> = {
  'electron/contract/words.ts': "import 'zod';\nimport '@orpc/contract';",
  'electron/domain/rule.ts': "import type { Words } from '../contract/words.ts';",
  'electron/storage/database.ts': "import 'knex';\nimport 'sqlite3';",
  'electron/custody/probe-custody.ts': "import 'node:crypto';",
  'electron/hosts/electron/window.ts': "import 'electron';",
  'electron/hosts/electron/preload.ts': "import 'electron';",
  'electron/hosts/loopback/socket-host.ts': "import 'node:http';",
  'native-bridge/image/grey.ts': "import 'node:util';",
  'native-bridge/scanner/node-hid-port.ts': "import 'node-hid';",
  'native-bridge/matcher/matcher-pool.ts': "import 'piscina';",
  'renderer/page.ts': "import '../electron/contract/words.ts';",
  'tests/calls-a-host.test.ts': "import '../electron/hosts/loopback/socket-host.ts';",
  'tests/support/fake-electron.ts': "import type { App } from 'electron';",
  // Two steps from the product's entry to the simulation, to show that reach and not only touch is judged.
  'electron/station/far.ts': "import '../../native-bridge/scanner/simulated-port.ts';",
  'native-bridge/scanner/simulated-port.ts': "import 'node:events';",
  'electron/search/other.ts': "import './one.ts';",
};

/** Node modules that the planted files name: empty packages are enough for the rules. */
export const NODE_MODULES = [
  'zod',
  '@orpc/contract',
  '@orpc/server',
  'electron',
  'node-hid',
  'knex',
  'sqlite3',
  'piscina',
] as const;

function plant(rule: string, from: string, source: string): PlantedArrow {
  return { rule, from, source };
}
