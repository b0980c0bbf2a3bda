import type { PushStatus, WrittenPack } from '../../../electron/contract/counts.ts';
import type { StationSettings, UpstreamView, UserRow } from '../../../electron/contract/administration.ts';
import type { AuditRow } from '../../../electron/contract/audit.ts';
import type { DatabasesView } from '../../../electron/contract/databases.ts';
import type { CountRow, PublishedCount } from '../../../electron/contract/counts.ts';

export const EXAMPLE_SETTINGS: StationSettings = {
  stationName: 'Custody desk 1',
  forceName: 'Training Constabulary',
  stationCode: 'desk-1',
  forceCode: 'training',
  minimumQuality: 40,
  maximumAttempts: 5,
  matchTargetFpir: 0.0001,
  possibleTargetFpir: 0.01,
  searchDeadlineMs: 30_000,
  outstandingLimitSeconds: 120,
  checkTimeToLiveMinutes: 30,
  idleLockMinutes: 5,
  personalTextRetentionDays: 90,
  ethnicityPolicy: '',
};

export const EXAMPLE_UPSTREAM: UpstreamView = {
  upstream: { isSwitchedOn: true, address: 'https://counts.example.org/months' },
  isFixedByPolicy: false,
  lastPush: { kind: 'delivered', month: '2026-10', at: '2026-11-01T03:10:00.000Z' },
  waitingMonths: 0,
};

export const EXAMPLE_PUSH: PushStatus = {
  isSwitchedOn: true,
  isRunning: false,
  waitingMonths: [],
  lastDelivered: { month: '2026-10', at: '2026-11-01T03:10:00.000Z' },
  lastRefusal: null,
};

export const EXAMPLE_PACK: WrittenPack = {
  folder: '/var/lib/ridgeway/publications/2025-11-to-2026-10',
  files: 14,
  suppressedCells: 9,
};

export const EXAMPLE_USERS: readonly UserRow[] = [
  {
    userId: '0d1b7f8a-8c1c-4d3e-9b7a-1f2e3d4c5b6a',
    userName: 'admin',
    displayName: 'Alex Reed',
    role: 'administrator',
    isDisabled: false,
    mustChangePassword: false,
  },
  {
    userId: '1d1b7f8a-8c1c-4d3e-9b7a-1f2e3d4c5b6a',
    userName: 'officer',
    displayName: 'PC Sam Archer',
    role: 'officer',
    isDisabled: false,
    mustChangePassword: true,
  },
  {
    userId: '2d1b7f8a-8c1c-4d3e-9b7a-1f2e3d4c5b6a',
    userName: 'former',
    displayName: 'PC Jo Bloggs',
    role: 'officer',
    isDisabled: true,
    mustChangePassword: false,
  },
];

const number = (value: number): PublishedCount => ({ kind: 'number', value });
const SUPPRESSED: PublishedCount = { kind: 'suppressed' };

/** Half a year of counts, with small numbers held back. */
export const EXAMPLE_COUNTS: readonly CountRow[] = [
  '2026-06',
  '2026-07',
  '2026-08',
  '2026-09',
  '2026-10',
  '2026-11',
].flatMap((month, index) => [
  { month, cell: 'check', count: number(41 + ((index * 7) % 23)) },
  { month, cell: 'ground/6B(a)', count: number(28 + index) },
  { month, cell: 'ground/6B(b)', count: number(13 + index) },
  { month, cell: 'outcome/searched', count: number(38 + index) },
  { month, cell: 'outcome/declined', count: index === 2 ? SUPPRESSED : number(0) },
  { month, cell: 'answer/police/match', count: number(17 + ((index * 5) % 11)) },
  { month, cell: 'answer/immigration/match', count: index % 2 === 0 ? SUPPRESSED : number(6) },
]);

/** A short log, newest first. */
export const EXAMPLE_AUDIT: readonly AuditRow[] = [
  ['check-ended', null, { ending: 'answered' }],
  ['result-viewed', 'consultation', { justification: 'identity-check' }],
  ['print-erased', 'erasure', { kind: 'image', sizeBytes: 145_112, why: 'answers-complete' }],
  ['answer-received', 'combination', { database: 'police', answer: 'no-match' }],
  ['search-started', 'disclosure', { database: 'police' }],
  ['capture-taken', 'collection', { position: 2 }],
  ['grounds-recorded', 'collection', { ground: '6B(a)' }],
].map(([code, operation, details], index) => ({
  sequence: 120 - index,
  at: `2026-11-19T14:4${4 - Math.min(4, Math.floor(index / 2))}:0${index}.000Z`,
  code: code as string,
  operation: operation as AuditRow['operation'],
  actor: index === 2 ? null : 'officer',
  checkReference: 'RW-2026-000417',
  details: details as AuditRow['details'],
}));

/** One gallery on the station, and one gateway whose certificate ends soon. */
export const EXAMPLE_DATABASES: DatabasesView = {
  settings: {
    police: {
      provider: 'gallery',
      gatewayAddress: null,
      certificateFile: null,
      keyFile: null,
      authorityFile: null,
    },
    immigration: {
      provider: 'gateway',
      gatewayAddress: 'https://gateway.example.org/ridgeway',
      certificateFile: '/etc/ridgeway/gateway/station.pem',
      keyFile: '/etc/ridgeway/gateway/station.key',
      authorityFile: '/etc/ridgeway/gateway/authority.pem',
    },
    certificateWarningDays: 30,
  },
  fixedByPolicy: ['immigration.gatewayAddress'],
  police: {
    kind: 'ready',
    origin: 'Police extract, training',
    galleryDate: '2026-11-01T00:00:00.000Z',
    people: 1_000,
  },
  immigration: {
    kind: 'connected',
    origin: 'Immigration gateway, training',
    lastAnswerAt: '2026-11-19T14:44:12.000Z',
    stationCertificateDays: 12,
    authorityCertificateDays: 1_841,
    isCertificateEnding: true,
  },
};
