/** The operations that DPA 2018 s62 [T] wants to see logged. */
export type Operation = 'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure';

/**
 * The closed list of audit events, each with the operation of DPA 2018 s62 that it is, or null where it is none.
 * A code is never renamed or reused: old logs must stay readable.
 */
export const EVENT_OPERATIONS = {
  'station-started': null,
  'station-stopped': null,
  'sign-in': null,
  'sign-in-refused': null,
  'signed-out': null,
  'session-locked': null,
  'session-unlocked': null,
  'password-changed': 'alteration',
  'check-opened': 'collection',
  'grounds-recorded': 'collection',
  'grounds-refused': null,
  'words-spoken': null,
  'grant-issued': null,
  'grant-refused': null,
  'capture-taken': 'collection',
  'buffer-taken': 'collection',
  'capture-refused': null,
  'finger-marked': null,
  'search-started': 'disclosure',
  'answer-received': 'combination',
  'result-viewed': 'consultation',
  'slip-printed': 'disclosure',
  'check-viewed': 'consultation',
  'print-erased': 'erasure',
  'check-ended': null,
  'ended-with-the-process': 'erasure',
  'count-recorded': null,
  'count-corrected': null,
  'push-delivered': null,
  'push-failed': null,
  'settings-changed': null,
  'scanner-chosen': null,
  'scanner-enrolled': null,
  'scanner-withdrawn': null,
  'scanner-named': null,
  'profile-imported': null,
  'profile-removed': null,
  'test-capture': null,
  'user-changed': 'alteration',
  'retention-applied': 'erasure',
  'audit-consulted': 'consultation',
  'audit-verified': null,
  exported: 'disclosure',
  'pack-made': null,
  'backup-made': null,
  'database-restored': 'alteration',
} as const satisfies Readonly<Record<string, Operation | null>>;

export type EventCode = keyof typeof EVENT_OPERATIONS;
