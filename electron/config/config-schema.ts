import type { StationSettings, UpstreamSettings } from '../contract/administration.ts';

/** What a new station starts with; an administrator changes it, a machine policy fixes it. */
export const DEFAULT_SETTINGS: StationSettings = {
  stationName: 'Custody desk 1',
  forceName: 'Training force',
  stationCode: 'desk-1',
  forceCode: 'training',
  ethnicityPolicy: '',
  minimumQuality: 40,
  maximumAttempts: 4,
  matchTargetFpir: 1e-5,
  possibleTargetFpir: 5e-4,
  searchDeadlineMs: 60_000,
  outstandingLimitSeconds: 120,
  checkTimeToLiveMinutes: 30,
  idleLockMinutes: 10,
  personalTextRetentionDays: 90,
};

/** Counts are pushed nowhere until an administrator switches it on. */
export const DEFAULT_UPSTREAM: UpstreamSettings = { isSwitchedOn: false, address: null };
