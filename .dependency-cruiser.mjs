/**
 * The table of arrows of the design, one named rule a row. `tests/boundaries` plants a violation of each and asserts that
 * it is caught under this name.
 */

/** Product code: everything that can be shipped. */
const PRODUCT = '^(electron|renderer|native-bridge)/';
const PRODUCT_ENTRIES = '^electron/hosts/electron/(main|preload)\\.ts$';
/** The device side of the reports, and everything that only it uses. */
const SIMULATION = ['^native-bridge/(scanner/(simulated-|fault-injector|feed))', '^electron/training/'];
/** Dependencies on a node module of this name, whether it is installed or not. */
const npmModule = (name) => `^(node_modules/${name}/|${name}$)`;

const notTypeOnly = { dependencyTypesNot: ['type-only'] };

export default {
  forbidden: [
    {
      name: 'contract-is-pure',
      comment: 'The contract is shared by renderer and hosts: itself, zod and @orpc/contract only.',
      severity: 'error',
      from: { path: '^electron/contract/' },
      to: { pathNot: ['^electron/contract/', npmModule('zod'), npmModule('@orpc/contract')] },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain has no I/O, clock or randomness: itself, and types of the contract.',
      severity: 'error',
      from: { path: '^electron/domain/' },
      to: { pathNot: ['^electron/domain/', '^electron/contract/'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Of the contract, the domain takes types alone.',
      severity: 'error',
      from: { path: '^electron/domain/' },
      to: { path: '^electron/contract/', ...notTypeOnly },
    },
    {
      name: 'only-hosts-know-electron',
      comment: 'Everything else runs in plain Node, where importing electron throws. Its types may be used anywhere.',
      severity: 'error',
      from: { pathNot: '^electron/hosts/electron/' },
      to: { path: npmModule('electron'), ...notTypeOnly },
    },
    {
      name: 'hosts-are-leaves',
      comment: 'A host calls the station; nothing but a test calls a host.',
      severity: 'error',
      from: { pathNot: '^(tests|electron/hosts)/' },
      to: { path: '^electron/hosts/' },
    },
    {
      name: 'hosts-are-leaves',
      comment: 'One host does not call the other.',
      severity: 'error',
      from: { path: '^electron/hosts/([^/]+)/' },
      to: { path: '^electron/hosts/', pathNot: '^electron/hosts/$1/' },
    },
    {
      name: 'renderer-sees-only-the-contract',
      comment: 'The page is untrusted: no station code, no driver, no node module.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^electron/', '^native-bridge/', '^build/', '^tests/'], pathNot: '^electron/contract/' },
    },
    {
      name: 'renderer-sees-only-the-contract',
      comment: 'The page has no node: modules.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'native-bridge-knows-no-police-work',
      comment: 'Scanner, matcher and formats could be used by anybody.',
      severity: 'error',
      from: { path: '^native-bridge/' },
      to: { path: ['^electron/', '^renderer/'] },
    },
    {
      name: 'one-door-per-native-module',
      comment: 'node-hid may fail to load: only its port, which says so in words.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^native-bridge/scanner/node-hid-port\\.ts$' },
      to: { path: npmModule('node-hid') },
    },
    {
      name: 'one-door-per-native-module',
      comment: 'The SQLite driver is archived upstream: it must be replaceable in one folder.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^electron/storage/' },
      to: { path: [npmModule('sqlite3'), npmModule('knex')] },
    },
    {
      name: 'one-door-per-native-module',
      comment: 'Workers that see prints are made in one place.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^native-bridge/matcher/matcher-pool\\.ts$' },
      to: { path: npmModule('piscina') },
    },
    {
      name: 'bytes-stay-home',
      comment: 'What is shown, counted, logged or configured never touches the holder of prints.',
      severity: 'error',
      from: { path: '^electron/(contract|counts|audit|config)/' },
      to: { path: '^electron/custody/' },
    },
    {
      name: 'production-has-no-loopback',
      comment: 'The product opens no socket and simulates no scanner; a training build has an entry of its own.',
      severity: 'error',
      from: { path: PRODUCT_ENTRIES },
      to: { path: ['^electron/hosts/loopback/', ...SIMULATION], reachable: true },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is not used.',
      severity: 'error',
      from: {
        orphan: true,
        path: PRODUCT,
        pathNot: ['\\.d\\.ts$', '/assembly/', '\\.json$', '^electron/hosts/electron/preload\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.out/', '/assembly/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.vue', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
