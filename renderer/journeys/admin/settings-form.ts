import { stationSettings, type StationSettings } from '../../../electron/contract/administration.ts';

/** One field of the settings form: how it is typed, its bounds and its unit stand beside it in words. */
export interface SettingField {
  readonly name: keyof StationSettings;
  readonly isNumber: boolean;
  readonly group: 'place' | 'capture' | 'search' | 'time' | 'counts';
}

/** Every setting, in the order of the form. */
export const SETTING_FIELDS: readonly SettingField[] = [
  { name: 'stationName', isNumber: false, group: 'place' },
  { name: 'stationCode', isNumber: false, group: 'place' },
  { name: 'forceName', isNumber: false, group: 'place' },
  { name: 'forceCode', isNumber: false, group: 'place' },
  { name: 'minimumQuality', isNumber: true, group: 'capture' },
  { name: 'maximumAttempts', isNumber: true, group: 'capture' },
  { name: 'matchTargetFpir', isNumber: true, group: 'search' },
  { name: 'possibleTargetFpir', isNumber: true, group: 'search' },
  { name: 'searchDeadlineMs', isNumber: true, group: 'search' },
  { name: 'outstandingLimitSeconds', isNumber: true, group: 'search' },
  { name: 'checkTimeToLiveMinutes', isNumber: true, group: 'time' },
  { name: 'idleLockMinutes', isNumber: true, group: 'time' },
  { name: 'personalTextRetentionDays', isNumber: true, group: 'time' },
  { name: 'ethnicityPolicy', isNumber: false, group: 'counts' },
];

/** The groups under which the form shows its fields. */
export const SETTING_GROUPS = ['place', 'capture', 'search', 'time', 'counts'] as const;

/** What stands in the fields: text, as it is typed. */
export type SettingsText = Record<keyof StationSettings, string>;

/** The settings as text for the form. */
export function toSettingsText(settings: StationSettings): SettingsText {
  const text = (name: keyof StationSettings): string => String(settings[name]);
  return {
    stationName: text('stationName'),
    stationCode: text('stationCode'),
    forceName: text('forceName'),
    forceCode: text('forceCode'),
    minimumQuality: text('minimumQuality'),
    maximumAttempts: text('maximumAttempts'),
    matchTargetFpir: text('matchTargetFpir'),
    possibleTargetFpir: text('possibleTargetFpir'),
    searchDeadlineMs: text('searchDeadlineMs'),
    outstandingLimitSeconds: text('outstandingLimitSeconds'),
    checkTimeToLiveMinutes: text('checkTimeToLiveMinutes'),
    idleLockMinutes: text('idleLockMinutes'),
    personalTextRetentionDays: text('personalTextRetentionDays'),
    ethnicityPolicy: text('ethnicityPolicy'),
  };
}

/** What the form gives: settings within their bounds, or the names of the fields that are not. */
export type SettingsReading =
  | { readonly kind: 'settings'; readonly settings: StationSettings }
  | { readonly kind: 'wrong'; readonly names: readonly string[] };

/** Reads the form by the contract's own bounds. */
export function readSettings(text: SettingsText): SettingsReading {
  const typed = Object.fromEntries(
    SETTING_FIELDS.map(({ name, isNumber }) => {
      const trimmed = text[name].trim();
      return [name, isNumber ? (trimmed === '' ? Number.NaN : Number(trimmed)) : trimmed];
    }),
  );
  const read = stationSettings.safeParse(typed);
  if (read.success) return { kind: 'settings', settings: read.data };
  return { kind: 'wrong', names: [...new Set(read.error.issues.map((issue) => String(issue.path[0])))] };
}
