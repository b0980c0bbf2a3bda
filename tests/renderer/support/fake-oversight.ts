import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import type { SettingOrigin, StationSettings } from '../../../electron/contract/administration.ts';
import type { WrittenExport } from '../../../electron/contract/audit.ts';
import type { LogLine, TestedPart } from '../../../electron/contract/health.ts';
import type { StationContract } from '../../../electron/contract/station-contract.ts';
import type { OpenCheck } from '../../../electron/contract/supervision.ts';
import { EXAMPLE_AUDIT, EXAMPLE_SETTINGS } from './example-administration.ts';

/** A station whose scanner is missing and that has no certificate: every kind of outcome. */
export const EXAMPLE_PARTS: readonly TestedPart[] = [
  { part: 'policy', finding: { kind: 'sound', figures: { groups: 2 } } },
  { part: 'disk', finding: { kind: 'sound', figures: { freeBytes: 81_604_378_624 } } },
  { part: 'database', finding: { kind: 'sound', figures: {} } },
  { part: 'police', finding: { kind: 'sound', figures: { people: 1_000_000, fingers: 2_000_000 } } },
  { part: 'immigration', finding: { kind: 'absent', why: 'no-gallery' } },
  { part: 'certificates', finding: { kind: 'absent', why: 'no-certificate' } },
  { part: 'scanner', finding: { kind: 'broken', code: 'scanner.not-found', figures: { listed: 3, usable: 0 } } },
  {
    part: 'matcher',
    finding: { kind: 'sound', figures: { people: 4, foundScore: 212.4, strangerScore: 3.1, threshold: 41.8 } },
  },
];

export const EXAMPLE_LOG: readonly LogLine[] = [
  {
    at: '2026-11-19T14:41:09.120Z',
    level: 'fault',
    code: 'capture',
    figures: { fault: 'ScannerFault', faultCode: 'scanner.unplugged' },
  },
  { at: '2026-11-19T14:40:02.004Z', level: 'note', code: 'scanner.opened', figures: { reports: 2312, lost: 3 } },
  { at: '2026-11-19T09:00:00.512Z', level: 'note', code: 'gallery.ready', figures: { people: 1_000_000, ms: 2841 } },
];

export const EXAMPLE_OPEN_CHECKS: readonly OpenCheck[] = [
  {
    reference: 'RW-2026-000415',
    officerName: 'pc.lewis',
    stage: 'capture',
    openedAt: '2026-11-19T14:18:00.000Z',
    expiresAt: '2026-11-19T14:48:00.000Z',
  },
  {
    reference: 'RW-2026-000417',
    officerName: 'officer',
    stage: 'grounds',
    openedAt: '2026-11-19T14:38:00.000Z',
    expiresAt: '2026-11-19T15:08:00.000Z',
  },
];

export const EXAMPLE_EXPORT: WrittenExport = {
  folder: '/var/lib/ridgeway/exports/audit-log-made-2026-11-19T144100-000Z',
  files: 4,
  events: 120,
  isWhole: true,
};

/** Who set what, of settings whose force has fixed its names and whose administrator has changed one number. */
export function exampleOrigins(settings: StationSettings): SettingOrigin[] {
  return Object.keys(settings).map((name): SettingOrigin => {
    if (['forceName', 'forceCode'].includes(name)) return { kind: 'policy', name };
    return name === 'minimumQuality'
      ? { kind: 'administrator', name, userName: 'admin', at: '2026-11-02T10:15:00.000Z' }
      : { kind: 'came-with-the-station', name };
  });
}

export const exampleSettingsView = (
  settings: StationSettings = EXAMPLE_SETTINGS,
  fixedByPolicy: readonly string[] = ['forceName', 'forceCode'],
) => ({
  settings,
  fixedByPolicy: [...fixedByPolicy],
  origins: exampleOrigins(settings),
});

/** What the fake station says to whoever looks after a station, audits it or supervises its officers. */
export function fakeOversight<Context extends Record<PropertyKey, unknown>>(
  os: ImplementerInternalWithMiddlewares<StationContract, Context, Context>,
) {
  return {
    audit: {
      search: os.audit.search.handler(({ input }) =>
        (input.checkReference === null || input.checkReference === 'RW-2026-000417' ? [...EXAMPLE_AUDIT] : []).filter(
          ({ code }) => input.code === undefined || code === input.code,
        ),
      ),
      verify: os.audit.verify.handler(async function* () {
        yield { kind: 'reading' as const, events: 60, of: 120 };
        yield { kind: 'whole' as const, events: 120 };
      }),
      exportLog: os.audit.exportLog.handler(() => EXAMPLE_EXPORT),
    },
    health: {
      selfTest: os.health.selfTest.handler(async function* () {
        const of = EXAMPLE_PARTS.length;
        for (const [index, { part }] of EXAMPLE_PARTS.entries()) {
          yield { kind: 'testing' as const, part, of, tested: EXAMPLE_PARTS.slice(0, index) };
        }
        yield { kind: 'ended' as const, isSound: false, tested: [...EXAMPLE_PARTS] };
      }),
      logLines: os.health.logLines.handler(({ input }) =>
        EXAMPLE_LOG.filter(
          ({ code, level }) => (input.level === null || input.level === level) && code.startsWith(input.codeBegins),
        ),
      ),
    },
    supervision: { openChecks: os.supervision.openChecks.handler(() => [...EXAMPLE_OPEN_CHECKS]) },
  };
}
