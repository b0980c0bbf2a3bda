import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, DEFAULT_UPSTREAM } from '../../../electron/config/config-schema.ts';
import {
  parsePolicy,
  parseSettingsFile,
  resolveSettings,
  resolveUpstream,
} from '../../../electron/config/load-config.ts';
import { createSettingsDesk } from '../../../electron/station/desks/settings-desk.ts';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { createSettingsStore } from '../../../electron/storage/settings-store.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

const HERE = { isSwitchedOn: true, address: 'https://here.example/' };
const THERE = { isSwitchedOn: true, address: 'https://there.example/' };

describe('a setting is taken from the policy, else from what was changed here, else from the file, else as delivered', () => {
  test.each([
    [undefined, null, undefined, DEFAULT_SETTINGS.idleLockMinutes],
    [2, null, undefined, 2],
    [2, 3, undefined, 3],
    [2, 3, 4, 4],
    [undefined, null, 4, 4],
  ])('file %s, here %s, policy %s: %s minutes', (inFile, here, inPolicy, expected) => {
    const group = (value: number | undefined) => (value === undefined ? {} : { settings: { idleLockMinutes: value } });
    const stored = here === null ? null : JSON.stringify({ idleLockMinutes: here });

    const resolved = resolveSettings(stored, parsePolicy(group(inPolicy)), parseSettingsFile(group(inFile)));

    expect(resolved).toEqual({ ...DEFAULT_SETTINGS, idleLockMinutes: expected });
  });

  test('and so is where counts go', () => {
    expect(resolveUpstream(null, {}, {})).toEqual(DEFAULT_UPSTREAM);
    expect(resolveUpstream(null, {}, { upstream: HERE })).toEqual(HERE);
    expect(resolveUpstream(JSON.stringify(THERE), {}, { upstream: HERE })).toEqual(THERE);
    expect(resolveUpstream(JSON.stringify(THERE), { upstream: HERE }, {})).toEqual(HERE);
  });
});

describe('what is wrong is refused with the path of its field', () => {
  test.each([
    [{ settings: { idleLockMinutes: 0 } }, 'settings.idleLockMinutes'],
    [{ settings: { idleLockMinuts: 5 } }, 'settings.idleLockMinuts'],
    [{ sttings: {} }, 'sttings'],
    [{ upstream: { isSwitchedOn: true, address: 'counts' } }, 'upstream.address'],
    [{ updates: { address: 'http://updates.example/', publisherName: 'x' } }, 'updates.address'],
    [{ updates: { address: 'https://updates.example/' } }, 'updates.publisherName'],
    [[], ''],
  ])('%j', (policy, path) => {
    expect(() => parsePolicy(policy)).toThrow(
      expect.objectContaining({ code: 'config.policy-invalid', figures: expect.objectContaining({ path }) }),
    );
  });

  test('a settings file cannot bring what only a policy may say', () => {
    expect(() => parseSettingsFile({ isKeyFileAccepted: true })).toThrow(
      expect.objectContaining({
        code: 'config.file-invalid',
        figures: expect.objectContaining({ path: 'isKeyFileAccepted' }),
      }),
    );
  });

  test('a policy that makes a possible match rarer than a match', () => {
    expect(() => resolveSettings(null, parsePolicy({ settings: { matchTargetFpir: 0.001 } }))).toThrow(
      expect.objectContaining({ figures: { path: 'settings.possibleTargetFpir', reason: 'below-match' } }),
    );
  });
});

test('a policy that is lifted leaves nothing behind, and neither does a file that is taken away', async () => {
  await using temporary = await temporaryDatabase();
  const store = createSettingsStore(temporary.database);
  const audit = createAuditLog(temporary.database, handClock('2026-01-01T00:00:00.000Z'));
  const desk = (policy: object, file: object) =>
    createSettingsDesk({
      database: temporary.database,
      store,
      audit,
      policy: parsePolicy(policy),
      file: parseSettingsFile(file),
      onChange: () => {},
    });

  const under = await desk({ settings: { idleLockMinutes: 4 } }, { settings: { maximumAttempts: 9 } });
  await under.change('6f1a3a52-4a3b-4a51-8a52-0d9b6f1c2d3e', { ...under.settings(), stationName: 'Desk 7' });

  const after = await desk({}, {});
  expect(after.settings()).toEqual({ ...DEFAULT_SETTINGS, stationName: 'Desk 7' });
});
