import { z } from 'zod';

/** Every reason for which the station refuses a call. The officer's words for each are in the renderer's locales. */
export const REFUSAL_CODES = [
  'session.none',
  'session.locked',
  'session.password-change-required',
  'session.wrong-credentials',
  'session.locked-out',
  'session.password-too-weak',
  'session.not-permitted',
  'check.not-found',
  'check.wrong-stage',
  'check.already-open',
  'check.time-spent',
  'grounds.incomplete',
  'grounds.refused',
  'grounds.altered',
  'grant.none',
  'grant.ended',
  'words.not-all-spoken',
  'capture.in-progress',
  'capture.no-finger',
  'capture.quality-too-low',
  'capture.too-many-attempts',
  'capture.same-finger-twice',
  'capture.nothing-to-search',
  'scanner.not-found',
  'scanner.not-chosen',
  'scanner.no-permission',
  'scanner.in-use',
  'scanner.driver-missing',
  'scanner.no-answer',
  'scanner.unplugged',
  'scanner.fault',
  'scanner.feed-empty',
  'scanner.feed-unreadable',
  'gallery.not-ready',
  'settings.fixed-by-policy',
  'settings.invalid',
  'user.name-taken',
  'user.not-found',
  'user.last-administrator',
  'push.switched-off',
  'push.in-progress',
  'pack.period-refused',
  'pack.unsafe',
  'ethnicity.not-recorded',
  'storage.full',
  'storage.failed',
  'station.closing',
  'station.fault',
  'health.in-progress',
  'audit.export-in-progress',
] as const;

export const refusalCode = z.enum(REFUSAL_CODES);
export type RefusalCode = z.infer<typeof refusalCode>;

/** The one typed error of the contract: a code from the closed list, and nothing else that could carry anything. */
export const REFUSED = {
  REFUSED: { status: 409, message: 'refused', data: z.strictObject({ code: refusalCode }) },
} as const;
